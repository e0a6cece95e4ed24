package dev.penstock.quota.gateway.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.quota.gateway.wire.MalformedJson;
import dev.penstock.quota.gateway.wire.Retelling;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AsResponseTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String USAGE = "'usage':{'prompt_tokens':30,'completion_tokens':9,'prompt_tokens_details':{'cached_tokens':16},'completion_tokens_details':{'reasoning_tokens':4}}";

    private final AsResponse answers = new AsResponse("c1", ResponsesCall.translate(
            "{\"model\":\"m\",\"input\":\"Hi\",\"instructions\":\"Be brief.\",\"max_output_tokens\":9,\"metadata\":{\"a\":\"b\"}}".getBytes(StandardCharsets.UTF_8)).told());

    private JsonNode whole(String answer) {
        return JSON.readTree(answers.whole(answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aWholeAnswerHasItsItemsAndWhatWasAsked() {
        JsonNode response = whole("{'created':7,'model':'served','choices':[{'finish_reason':'tool_calls','message':{'reasoning_content':'Hm.','content':'I look.',"
                + "'tool_calls':[{'id':'t1','function':{'name':'f','arguments':'{}'}}]}}]," + USAGE + "}");
        assertThat(said(response)).isEqualTo("completed null reasoning:Hm. message:I look. function_call:t1 f {}");
        assertThat(response.path("id").asString() + response.path("created_at") + response.path("model").asString()).isEqualTo("resp_c17served");
        assertThat(response.path("usage")).isEqualTo(JSON.readTree("{\"input_tokens\":30,\"input_tokens_details\":{\"cached_tokens\":16},\"output_tokens\":9,"
                + "\"output_tokens_details\":{\"reasoning_tokens\":4},\"total_tokens\":39}"));
        assertThat(response.path("instructions").asString() + response.path("max_output_tokens") + response.path("metadata") + response.path("store") + response.path("temperature"))
                .isEqualTo("Be brief.9{\"a\":\"b\"}falsenull");
    }

    @Test
    void oneThatWasCutSaysWhy() {
        assertThat(said(whole("{'choices':[{'finish_reason':'length','message':{'content':'I'}}]}"))).isEqualTo("incomplete {\"reason\":\"max_output_tokens\"} message:I");
        assertThat(said(whole("{'choices':[{'finish_reason':'content_filter','message':{'content':''}}]}"))).isEqualTo("incomplete {\"reason\":\"content_filter\"} message:");
    }

    @Test
    void whatIsNoAnswerIsNone() {
        assertThatThrownBy(() -> whole("{'choices':[]}")).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> whole("{'choices':")).isInstanceOf(MalformedJson.class);
    }

    @Test
    void aStreamSaysEachPieceAtOnceAndAllOfItAgainAtTheEnd() {
        List<JsonNode> events = streamed(
                "{'created':7,'model':'served','choices':[{'delta':{'role':'assistant'}}]}", "{'choices':[{'delta':{'reasoning_content':'Hm.'}}]}",
                "{'choices':[{'delta':{'content':'I '}}]}", "{'choices':[{'delta':{'content':'look.'}}]}",
                "{'choices':[{'delta':{'tool_calls':[{'index':0,'id':'t1','function':{'name':'f','arguments':''}}]}}]}",
                "{'choices':[{'delta':{'tool_calls':[{'index':0,'function':{'arguments':'{'}},{'index':0,'function':{'arguments':'}'}}]}}]}",
                "{'choices':[{'delta':{'tool_calls':[{'index':1,'id':'t2','function':{'name':'g','arguments':'1'}}]},'finish_reason':'tool_calls'}]}",
                "{'choices':[]," + USAGE + "}", "[DONE]");
        assertThat(events.stream().map(event -> event.path("type").asString().substring("response.".length()) + " " + event.path("output_index").asString("")
                + event.path("delta").asString("") + event.path("item").path("id").asString(""))).containsExactly(
                "created ", "in_progress ",
                "output_item.added 0rs_c1_0", "content_part.added 0", "reasoning_text.delta 0Hm.", "reasoning_text.done 0", "content_part.done 0", "output_item.done 0rs_c1_0",
                "output_item.added 1msg_c1_1", "content_part.added 1", "output_text.delta 1I ", "output_text.delta 1look.", "output_text.done 1", "content_part.done 1", "output_item.done 1msg_c1_1",
                "output_item.added 2fc_c1_2", "function_call_arguments.delta 2{", "function_call_arguments.delta 2}", "function_call_arguments.done 2", "output_item.done 2fc_c1_2",
                "output_item.added 3fc_c1_3", "function_call_arguments.delta 31", "function_call_arguments.done 3", "output_item.done 3fc_c1_3",
                "completed ");
        assertThat(events.stream().map(event -> event.path("sequence_number").asInt())).isEqualTo(IntStream.range(0, events.size()).boxed().toList());
        JsonNode last = events.getLast().path("response");
        assertThat(said(last)).isEqualTo("completed null reasoning:Hm. message:I look. function_call:t1 f {} function_call:t2 g 1");
        assertThat(last.path("usage").path("total_tokens").asInt()).isEqualTo(39);
        assertThat(events.getFirst().path("response").path("output").isEmpty()).isTrue();
    }

    @Test
    void aStreamThatSaysNothingOrIsCutIsAResponseAllTheSame() {
        assertThat(said(streamed("[DONE]").getLast().path("response"))).isEqualTo("completed null message:");
        List<JsonNode> cut = streamed("{'choices':[{'delta':{'content':'I'},'finish_reason':'length'}]}", "[DONE]");
        assertThat(cut.getLast().path("type").asString() + " " + said(cut.getLast().path("response"))).isEqualTo("response.incomplete incomplete {\"reason\":\"max_output_tokens\"} message:I");
    }

    @Test
    void anErrorOfTheEngineEndsIt() {
        List<JsonNode> events = streamed("{'choices':[{'delta':{'content':'I '}}]}", "{'error':{'message':'out of memory'}}", "[DONE]");
        assertThat(events.getLast().path("type").asString()).isEqualTo("response.failed");
        assertThat(events.getLast().path("response").path("error").path("message").asString()).isEqualTo("out of memory");
    }

    /** Its end says everything again, so it is held; but not for ever. */
    @Test
    void anAnswerWithoutAnEndIsLetGo() {
        String piece = "{'choices':[{'delta':{'content':'" + "x".repeat(1 << 20) + "'}}]}";
        assertThatThrownBy(() -> streamed(piece, piece, piece, piece, piece)).isInstanceOf(MalformedJson.class).hasMessageContaining("without an end");
        assertThat(streamed(piece, piece, piece, "[DONE]").getLast().path("type").asString()).isEqualTo("response.completed");
    }

    private List<JsonNode> streamed(String... data) {
        Retelling.InPieces stream = answers.inPieces();
        StringBuilder told = new StringBuilder();
        for (String each : data) {
            byte[] event = ("data: " + each.replace('\'', '"') + "\n\n").getBytes(StandardCharsets.UTF_8);
            told.append(new String(stream.accept(event, event.length), StandardCharsets.UTF_8));
        }
        return Arrays.stream(told.toString().split("\n\n")).map(event -> {
            String[] lines = event.split("\n");
            assertThat(lines).hasSize(2);
            JsonNode body = JSON.readTree(lines[1].substring("data: ".length()));
            assertThat(lines[0]).isEqualTo("event: " + body.path("type").asString());
            return body;
        }).toList();
    }

    /** Status, why it is not complete, and what each item says. */
    private static String said(JsonNode response) {
        return response.path("status").asString() + " " + response.path("incomplete_details") + " "
                + String.join(" ", response.path("output").valueStream().map(item -> item.path("type").asString() + ":" + (item.has("call_id")
                        ? item.path("call_id").asString() + " " + item.path("name").asString() + " " + item.path("arguments").asString()
                        : item.path("content").path(0).path("text").asString())).toList());
    }
}
