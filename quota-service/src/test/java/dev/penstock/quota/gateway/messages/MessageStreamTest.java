package dev.penstock.quota.gateway.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.quota.gateway.wire.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MessageStreamTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final MessageStream stream = new MessageStream("c1");

    @Test
    void eachPieceGoesOnInTheBlockItBelongsTo() {
        assertThat(said(
                "{\"model\":\"served\",\"choices\":[{\"delta\":{\"role\":\"assistant\"}}],\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":0,\"prompt_tokens_details\":{\"cached_tokens\":16}}}",
                "{\"choices\":[{\"delta\":{\"reasoning_content\":\"Hm.\"}}]}",
                "{\"choices\":[{\"delta\":{\"content\":\"I \"}}]}",
                "{\"choices\":[{\"delta\":{\"content\":\"look.\"}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"t1\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"city\\\":\"}},{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"t2\",\"function\":{\"name\":\"other\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}]}",
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":9,\"prompt_tokens_details\":{\"cached_tokens\":16}}}",
                "[DONE]")).containsExactly(
                "message_start {'message':{'content':[],'id':'msg_c1','model':'served','role':'assistant','stop_reason':null,'stop_sequence':null,'type':'message',"
                        + "'usage':{'cache_creation_input_tokens':0,'cache_read_input_tokens':16,'input_tokens':14,'output_tokens':0}}}",
                "content_block_start {'content_block':{'signature':'','thinking':'','type':'thinking'},'index':0}",
                "content_block_delta {'delta':{'thinking':'Hm.','type':'thinking_delta'},'index':0}",
                "content_block_stop {'index':0}",
                "content_block_start {'content_block':{'text':'','type':'text'},'index':1}",
                "content_block_delta {'delta':{'text':'I ','type':'text_delta'},'index':1}",
                "content_block_delta {'delta':{'text':'look.','type':'text_delta'},'index':1}",
                "content_block_stop {'index':1}",
                "content_block_start {'content_block':{'id':'t1','input':{},'name':'weather','type':'tool_use'},'index':2}",
                "content_block_delta {'delta':{'partial_json':'{\\'city\\':','type':'input_json_delta'},'index':2}",
                "content_block_delta {'delta':{'partial_json':'1}','type':'input_json_delta'},'index':2}",
                "content_block_stop {'index':2}",
                "content_block_start {'content_block':{'id':'t2','input':{},'name':'other','type':'tool_use'},'index':3}",
                "content_block_delta {'delta':{'partial_json':'{}','type':'input_json_delta'},'index':3}",
                "content_block_stop {'index':3}",
                "message_delta {'delta':{'stop_reason':'tool_use','stop_sequence':null},"
                        + "'usage':{'cache_creation_input_tokens':0,'cache_read_input_tokens':16,'input_tokens':14,'output_tokens':9}}",
                "message_stop {}");
    }

    @Test
    void aStreamThatSaysNothingIsAMessageAllTheSame() {
        assertThat(said("[DONE]")).extracting(event -> event.split(" ", 2)[0]).containsExactly("message_start", "message_delta", "message_stop");
    }

    @Test
    void anErrorOfTheEngineEndsIt() {
        assertThat(said("{\"choices\":[{\"delta\":{\"content\":\"I \"}}]}", "{\"error\":{\"message\":\"out of memory\"}}", "[DONE]").getLast())
                .isEqualTo("error {'error':{'message':'out of memory','type':'api_error'}}");
    }

    /** Letters that end lines elsewhere, and stand for themselves in JSON. */
    @Test
    void noLetterOfAnAnswerEndsALine() {
        assertThat(said("{\"choices\":[{\"delta\":{\"content\":\"a\u2028b\u0085c\"}}]}", "[DONE]")).contains("content_block_delta {'delta':{'text':'a\u2028b\u0085c','type':'text_delta'},'index':0}");
    }

    @Test
    void whatIsNoJsonIsNoStream() {
        assertThatThrownBy(() -> said("{\"choices\":")).isInstanceOf(MalformedJson.class);
    }

    /** Each with its members in the order of their names, and single quotes. */
    private List<String> said(String... data) {
        byte[] events = (": a comment\r\n\r\ndata:" + String.join("\r\n\r\ndata: ", data) + "\n\n").getBytes(StandardCharsets.UTF_8);
        String told = new String(stream.accept(events, events.length), StandardCharsets.UTF_8);
        return Arrays.stream(told.split("\n\n")).map(event -> {
            String[] lines = event.split("\n");
            assertThat(lines).hasSize(2);
            String name = lines[0].substring("event: ".length());
            JsonNode body = JSON.readTree(lines[1].substring("data: ".length()));
            assertThat(body.path("type").asString()).isEqualTo(name);
            var members = JSON.convertValue(body, java.util.TreeMap.class);
            members.remove("type");
            return name + " " + JsonMapper.builder().enable(tools.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build()
                    .writeValueAsString(JSON.convertValue(members, Object.class)).replace("\\\"", "\\'").replace('"', '\'');
        }).toList();
    }
}
