package dev.penstock.quota.gateway.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.quota.gateway.wire.Refusal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChatCallTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void aConversationIsOneOfTwoWhoSpeakInTurn() {
        becomes("""
                {"model": "m", "max_tokens": 20, "messages": [
                  {"role": "system", "content": "Be brief."}, {"role": "user", "content": "One"}, {"role": "user", "content": [{"type": "text", "text": "Two"}]},
                  {"role": "assistant", "content": "Three", "reasoning_content": "Hm."}, {"role": "developer", "content": "Be kind."},
                  {"role": "assistant", "content": null}, {"role": "user", "content": "Four", "name": "n"}]}""", """
                {"model": "m", "max_tokens": 20, "system": [{"type": "text", "text": "Be brief."}, {"type": "text", "text": "Be kind."}], "messages": [
                  {"role": "user", "content": [{"type": "text", "text": "One"}, {"type": "text", "text": "Two"}]},
                  {"role": "assistant", "content": [{"type": "text", "text": "Three"}]},
                  {"role": "user", "content": [{"type": "text", "text": "Four"}]}]}""");
    }

    @Test
    void toolsTheirCallsAndTheirAnswersKeepTheirIds() {
        becomes("""
                {"model": "m", "tools": [{"type": "function", "function": {"name": "weather", "description": "Tells it.", "parameters": {"type": "object", "properties": {}}, "strict": true}},
                                         {"type": "function", "function": {"name": "time"}}],
                 "tool_choice": "required", "parallel_tool_calls": false,
                 "messages": [
                  {"role": "user", "content": "Rain?"},
                  {"role": "assistant", "content": "I look.", "tool_calls": [{"id": "t1", "type": "function", "function": {"name": "weather", "arguments": "{\\"city\\":\\"Bern\\"}"}},
                                                                             {"id": "t2", "type": "function", "function": {"name": "time", "arguments": "now"}}]},
                  {"role": "tool", "tool_call_id": "t1", "content": "Sun"}, {"role": "tool", "tool_call_id": "t2", "content": ""}, {"role": "user", "content": "And?"}]}""", """
                {"model": "m", "tools": [{"name": "weather", "description": "Tells it.", "input_schema": {"type": "object", "properties": {}}}, {"name": "time", "input_schema": {"type": "object"}}],
                 "tool_choice": {"type": "any", "disable_parallel_tool_use": true},
                 "messages": [
                  {"role": "user", "content": [{"type": "text", "text": "Rain?"}]},
                  {"role": "assistant", "content": [{"type": "text", "text": "I look."}, {"type": "tool_use", "id": "t1", "name": "weather", "input": {"city": "Bern"}},
                                                    {"type": "tool_use", "id": "t2", "name": "time", "input": {"arguments": "now"}}]},
                  {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t1", "content": [{"type": "text", "text": "Sun"}]}, {"type": "tool_result", "tool_use_id": "t2"},
                                               {"type": "text", "text": "And?"}]}]}""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "auto"                                              | {"type": "auto"}
            "none"                                              | {"type": "none"}
            {"type": "function", "function": {"name": "f"}}     | {"type": "tool", "name": "f"}
            """)
    void aToolIsChosen(String choice, String expected) {
        String call = "{\"model\": \"m\", \"messages\": [], \"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"f\"}}], \"tool_choice\": " + choice + "}";
        assertThat(JSON.readTree(ChatCall.asMessage(call.getBytes(StandardCharsets.UTF_8))).path("tool_choice")).isEqualTo(JSON.readTree(expected));
    }

    @Test
    void picturesAreShownAsDataOrByTheirAddress() {
        becomes("""
                {"model": "m", "messages": [{"role": "user", "content": [
                  {"type": "image_url", "image_url": {"url": "data:image/jpeg;base64,AAAA", "detail": "low"}}, {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}},
                  {"type": "text", "text": "What is it?", "cache_control": {"type": "ephemeral"}}]}]}""", """
                {"model": "m", "messages": [{"role": "user", "content": [
                  {"type": "image", "source": {"type": "base64", "media_type": "image/jpeg", "data": "AAAA"}}, {"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}},
                  {"type": "text", "text": "What is it?", "cache_control": {"type": "ephemeral"}}]}]}""");
    }

    @Test
    void whatSteersTheModelIsSaidAndWhatSteersOtherServicesIsNot() {
        becomes("""
                {"model": "m", "max_completion_tokens": 30, "max_tokens": 20, "stream": true, "stream_options": {"include_usage": true}, "temperature": 0.1, "top_p": 0.9, "top_k": 40,
                 "stop": "END", "user": "u", "metadata": {}, "seed": 7, "n": 1, "logprobs": false, "top_logprobs": null, "frequency_penalty": 0, "logit_bias": {}, "store": false,
                 "response_format": {"type": "text"}, "reasoning_effort": "low", "thinking": {"type": "disabled"}, "tools": null, "tool_choice": null, "messages": []}""", """
                {"model": "m", "max_tokens": 20, "stream": true, "temperature": 0.1, "top_p": 0.9, "top_k": 40, "stop_sequences": ["END"], "thinking": {"type": "disabled"},
                 "messages": []}""");
        becomes("{\"model\": \"m\", \"stop\": [\"a\", \"b\"], \"tools\": [], \"tool_choice\": \"auto\", \"messages\": []}", "{\"model\": \"m\", \"stop_sequences\": [\"a\", \"b\"], \"messages\": []}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            "n": 2, "messages": []                                                                              | `n` may be 1 at most for this model
            "temperature": 1.5, "messages": []                                                                  | `temperature` may be 1 at most
            "logprobs": true, "messages": []                                                                    | `logprobs` cannot be told
            "top_logprobs": 2, "messages": []                                                                   | `top_logprobs` cannot be told
            "presence_penalty": 0.1, "messages": []                                                             | `presence_penalty` is not offered
            "logit_bias": {"1": 2}, "messages": []                                                              | `logit_bias` is not offered
            "response_format": {"type": "json_schema"}, "messages": []                                          | `response_format` can only be text
            "response_format": {"type": "json_object"}, "messages": []                                          | `response_format` can only be text
            "modalities": ["text", "audio"], "messages": []                                                     | `modalities` can only be text
            "functions": [], "messages": []                                                                     | `functions` is not offered
            "tools": [{"type": "custom"}], "messages": []                                                       | `tools` can only be functions
            "tools": [{"type": "function", "function": {"name": "f"}}], "tool_choice": "some", "messages": []   | `tool_choice` must be
            "messages": [{"role": "function", "content": "x"}]                                                  | A role of `messages` must be
            "messages": [{"role": "user", "content": 7}]                                                        | `messages` must be a list
            "messages": [{"role": "user", "content": [{"type": "input_audio"}]}]                                | Parts of the type `input_audio`
            "messages": [{"role": "assistant", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]  | A picture can be shown by the user
            "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "file:///etc/passwd"}}]}]  | A picture must be at an address
            "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png,x"}}]}]    | A picture must be at an address
            """)
    void whatCannotBeSaidIsRefused(String fields, String words) {
        assertThatThrownBy(() -> ChatCall.asMessage(("{\"model\": \"m\", " + fields + "}").getBytes(StandardCharsets.UTF_8))).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.error().status()).isEqualTo(400);
            assertThat(refusal.error().message()).contains(words);
        });
    }

    private static void becomes(String call, String wanted) {
        JsonNode message = JSON.readTree(ChatCall.asMessage(call.getBytes(StandardCharsets.UTF_8)));
        assertThat(message).isEqualTo(JSON.readTree(wanted));
    }
}
