package dev.penstock.quota.gateway.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.quota.gateway.messages.AsMessage;
import dev.penstock.quota.gateway.wire.MalformedJson;
import dev.penstock.quota.gateway.wire.Retelling;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AsChatTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void aWholeAnswerIsAChatCompletion() {
        assertThat(whole("""
                {"type": "message", "id": "msg_1", "model": "theirs", "stop_reason": "tool_use", "content": [
                  {"type": "thinking", "thinking": "Hm.", "signature": "s"}, {"type": "text", "text": "I "}, {"type": "text", "text": "look."},
                  {"type": "tool_use", "id": "t1", "name": "weather", "input": {"city": "Bern"}}, {"type": "unknown"}],
                 "usage": {"input_tokens": 3, "cache_creation_input_tokens": 5, "cache_read_input_tokens": 7, "output_tokens": 11}}""")).isEqualTo(JSON.readTree("""
                {"id": "chatcmpl-c1", "object": "chat.completion", "created": 17, "model": "theirs", "choices": [{"index": 0, "message": {
                  "role": "assistant", "content": "I look.", "tool_calls": [{"id": "t1", "type": "function", "function": {"name": "weather", "arguments": "{\\"city\\":\\"Bern\\"}"}}],
                  "reasoning_content": "Hm."}, "logprobs": null, "finish_reason": "tool_calls"}],
                 "usage": {"prompt_tokens": 15, "completion_tokens": 11, "total_tokens": 26, "prompt_tokens_details": {"cached_tokens": 7}}}"""));
    }

    @ParameterizedTest
    @CsvSource({"end_turn, stop", "stop_sequence, stop", "max_tokens, length", "tool_use, tool_calls", "refusal, content_filter", "pause_turn, stop", "model_context_window_exceeded, length", "new, stop"})
    void whyItEndsIsSaid(String theirs, String chat) {
        assertThat(whole("{\"content\": [], \"stop_reason\": \"" + theirs + "\"}").at("/choices/0/finish_reason").asString()).isEqualTo(chat);
    }

    @Test
    void whatCannotBeCountedIsNotTold() {
        assertThat(whole("{\"content\": [], \"usage\": {\"input_tokens\": 9223372036854775808, \"cache_read_input_tokens\": 9223372036854775807, \"output_tokens\": -7}}").path("usage"))
                .isEqualTo(JSON.readTree("{\"prompt_tokens\": 9007199254740992, \"completion_tokens\": 0, \"total_tokens\": 9007199254740992,"
                        + " \"prompt_tokens_details\": {\"cached_tokens\": 9007199254740992}}"));
    }

    @Test
    void whatIsNoMessageIsNoAnswer() {
        assertThatThrownBy(() -> whole("{\"choices\": []}")).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> whole("{\"content\": [")).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> said(true, "{\"type\":")).isInstanceOf(MalformedJson.class);
    }

    @Test
    void eachPieceOfAStreamGoesOnAtOnce() {
        assertThat(said(true,
                "{\"type\":\"message_start\",\"message\":{\"model\":\"theirs\",\"usage\":{\"input_tokens\":3,\"cache_read_input_tokens\":7,\"output_tokens\":1}}}",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"Hm.\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"s\"}}",
                "{\"type\":\"content_block_stop\",\"index\":0}",
                "{\"type\":\"ping\"}",
                "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
                "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\u2028b\"}}",
                "{\"type\":\"content_block_stop\",\"index\":1}",
                "{\"type\":\"content_block_start\",\"index\":2,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"weather\",\"input\":{}}}",
                "{\"type\":\"content_block_delta\",\"index\":2,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"\"}}",
                "{\"type\":\"content_block_delta\",\"index\":2,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{1\"}}",
                "{\"type\":\"content_block_stop\",\"index\":2}",
                "{\"type\":\"content_block_start\",\"index\":3,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t2\",\"name\":\"time\",\"input\":{}}}",
                "{\"type\":\"content_block_stop\",\"index\":3}",
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"},\"usage\":{\"output_tokens\":9}}",
                "{\"type\":\"message_stop\"}")).containsExactly(
                "{'role':'assistant','content':''}",
                "{'reasoning_content':'Hm.'}",
                "{'content':'a\u2028b'}",
                "{'tool_calls':[{'index':0,'id':'t1','type':'function','function':{'name':'weather','arguments':''}}]}",
                "{'tool_calls':[{'index':0,'function':{'arguments':'{1'}}]}",
                "{'tool_calls':[{'index':1,'id':'t2','type':'function','function':{'name':'time','arguments':''}}]}",
                "{'tool_calls':[{'index':1,'function':{'arguments':'{}'}}]}",
                "{} tool_calls",
                "usage {'prompt_tokens':10,'completion_tokens':9,'total_tokens':19,'prompt_tokens_details':{'cached_tokens':7}}",
                "[DONE]");
    }

    @Test
    void whoDidNotAskForUsageIsToldNone() {
        assertThat(said(false, "{\"type\":\"message_start\",\"message\":{}}", "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":9}}",
                "{\"type\":\"message_stop\"}", "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"late\"}}"))
                .containsExactly("{'role':'assistant','content':''}", "{} stop", "[DONE]");
    }

    /** A client of Responses hears a server of Messages through chat completions. */
    @Test
    void oneRetellingCanFollowAnother() {
        Retelling both = new AsChat("c1", 17, true).then(new AsMessage("c2"));
        byte[] message = "{\"model\":\"theirs\",\"content\":[{\"type\":\"text\",\"text\":\"Yes\"}],\"stop_reason\":\"max_tokens\",\"usage\":{\"output_tokens\":2}}".getBytes(StandardCharsets.UTF_8);
        JsonNode told = JSON.readTree(both.whole(message));
        assertThat(told.at("/content/0/text").asString() + " " + told.path("stop_reason").asString() + " " + told.at("/usage/output_tokens").asInt()).isEqualTo("Yes max_tokens 2");
        byte[] piece = "data: {\"type\":\"ping\"}\n\n".getBytes(StandardCharsets.UTF_8);
        assertThat(both.inPieces().accept(piece, piece.length)).isEmpty();
    }

    private static JsonNode whole(String answer) {
        return JSON.readTree(new AsChat("c1", 17, false).whole(answer.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> said(boolean withUsage, String... data) {
        byte[] events = (": a comment\r\n\r\nevent: x\r\ndata:" + String.join("\r\n\r\nevent: y\r\ndata: ", data) + "\n\n").getBytes(StandardCharsets.UTF_8);
        String told = new String(new AsChat("c1", 17, withUsage).inPieces().accept(events, events.length), StandardCharsets.UTF_8);
        return Arrays.stream(told.split("\n\n")).map(event -> event.substring("data: ".length())).map(event -> event.equals("[DONE]") ? event : chunk(event)).toList();
    }

    private static String chunk(String event) {
        JsonNode chunk = JSON.readTree(event);
        assertThat(chunk.path("id").asString() + " " + chunk.path("object").asString() + " " + chunk.path("created").asInt()).isEqualTo("chatcmpl-c1 chat.completion.chunk 17");
        JsonNode choice = chunk.at("/choices/0");
        String finish = choice.path("finish_reason").asString("");
        return (chunk.path("usage").isObject() ? "usage " + chunk.path("usage") : choice.path("delta") + (finish.isEmpty() ? "" : " " + finish)).replace('"', '\'');
    }
}
