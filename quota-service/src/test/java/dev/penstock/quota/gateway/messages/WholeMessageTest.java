package dev.penstock.quota.gateway.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.quota.gateway.wire.MalformedJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WholeMessageTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void thoughtsTextsAndToolCallsBecomeBlocks() {
        assertThat(told("""
                {"id": "x", "model": "served", "choices": [{"index": 0, "finish_reason": "tool_calls", "message": {"role": "assistant", "reasoning_content": "Hm.", "content": "I look.",
                   "tool_calls": [{"id": "t1", "type": "function", "function": {"name": "weather", "arguments": "{\\"city\\": \\"Bern\\"}"}},
                                  {"id": "t2", "type": "function", "function": {"name": "odd", "arguments": "no object"}}]}}],
                 "usage": {"prompt_tokens": 30, "completion_tokens": 9, "prompt_tokens_details": {"cached_tokens": 16}}}""")).isEqualTo(JSON.readTree("""
                {"id": "msg_c1", "type": "message", "role": "assistant", "model": "served", "content": [
                   {"type": "thinking", "thinking": "Hm.", "signature": ""}, {"type": "text", "text": "I look."},
                   {"type": "tool_use", "id": "t1", "name": "weather", "input": {"city": "Bern"}}, {"type": "tool_use", "id": "t2", "name": "odd", "input": {"arguments": "no object"}}],
                 "stop_reason": "tool_use", "stop_sequence": null,
                 "usage": {"input_tokens": 14, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 16, "output_tokens": 9}}"""));
    }

    @ParameterizedTest
    @CsvSource({"stop, end_turn", "length, max_tokens", "tool_calls, tool_use", "content_filter, refusal", "something_new, end_turn"})
    void whyItEndsIsSaidInTheirWords(String finish, String stop) {
        assertThat(told("{\"choices\":[{\"finish_reason\":\"" + finish + "\",\"message\":{\"content\":\"x\"}}]}").path("stop_reason").asString()).isEqualTo(stop);
    }

    @Test
    void theSequenceThatEndedItIsNamed() {
        JsonNode told = told("{\"choices\":[{\"finish_reason\":\"stop\",\"stop_reason\":\"END\",\"message\":{\"content\":\"x\"}}]}");
        assertThat(told.path("stop_reason").asString()).isEqualTo("stop_sequence");
        assertThat(told.path("stop_sequence").asString()).isEqualTo("END");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"choices\":[]}", "{\"choices\":[{\"message\":7}]}", "[1]", "{\"choices\":", ""})
    void whatIsNoAnswerIsNone(String answer) {
        assertThatThrownBy(() -> WholeMessage.of(answer.getBytes(StandardCharsets.UTF_8), "c1")).isInstanceOf(MalformedJson.class);
    }

    private static JsonNode told(String answer) {
        return JSON.readTree(WholeMessage.of(answer.getBytes(StandardCharsets.UTF_8), "c1"));
    }
}
