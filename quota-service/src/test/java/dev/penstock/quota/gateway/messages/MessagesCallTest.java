package dev.penstock.quota.gateway.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.quota.gateway.wire.Refusal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MessagesCallTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void whatIsOnlyCountedIsNeverStreamed() {
        byte[] chat = MessagesCall.asChat("{\"model\":\"m\",\"stream\":true,\"messages\":[]}".getBytes(StandardCharsets.UTF_8), true);
        assertThat(new String(chat, StandardCharsets.UTF_8)).isEqualTo("{\"messages\":[],\"model\":\"m\"}");
    }

    @Test
    void aConversationBecomesMessagesInItsOrder() {
        becomes("""
                {"model": "m", "max_tokens": 20, "messages": [
                  {"role": "user", "content": "One"},
                  {"role": "assistant", "content": [{"type": "text", "text": "Two"}]},
                  {"role": "user", "content": [{"type": "text", "text": "Three", "cache_control": {"type": "ephemeral"}}, {"type": "text", "text": "Four"}]}],
                 "system": [{"type": "text", "text": "Be brief."}, {"type": "text", "text": "Be kind."}]}""", """
                {"model": "m", "max_tokens": 20, "messages": [
                  {"role": "system", "content": "Be brief.\\n\\nBe kind."},
                  {"role": "user", "content": "One"}, {"role": "assistant", "content": "Two"}, {"role": "user", "content": "Three\\n\\nFour"}]}""");
    }

    @Test
    void whatSteersTheModelIsSaidAndWhatSteersTheirServiceIsNot() {
        becomes("""
                {"model": "m", "max_tokens": 20, "stream": true, "temperature": 0.1, "top_p": 0.9, "top_k": 40, "stop_sequences": ["END"], "metadata": {"user_id": "u"},
                 "service_tier": "auto", "thinking": {"type": "enabled", "budget_tokens": 1024}, "min_p": 0.05, "messages": [{"role": "user", "content": "One"}]}""", """
                {"model": "m", "max_tokens": 20, "stream": true, "temperature": 0.1, "top_p": 0.9, "top_k": 40, "stop": ["END"], "min_p": 0.05,
                 "messages": [{"role": "user", "content": "One"}]}""");
    }

    @Test
    void toolsTheirCallsAndTheirAnswersKeepTheirIds() {
        becomes("""
                {"model": "m", "max_tokens": 20, "tools": [{"name": "weather", "description": "Tells it.", "input_schema": {"type": "object"}}],
                 "tool_choice": {"type": "any", "disable_parallel_tool_use": true},
                 "messages": [
                  {"role": "user", "content": "Rain?"},
                  {"role": "assistant", "content": [{"type": "thinking", "thinking": "Hm.", "signature": "s"}, {"type": "text", "text": "I look."},
                                                    {"type": "tool_use", "id": "t1", "name": "weather", "input": {"city": "Bern"}}]},
                  {"role": "user", "content": [{"type": "text", "text": "And?"}, {"type": "tool_result", "tool_use_id": "t1", "content": [{"type": "text", "text": "Sun"}]},
                                               {"type": "tool_result", "tool_use_id": "t2", "content": "broken", "is_error": true}, {"type": "tool_result", "tool_use_id": "t3"}]}]}""", """
                {"model": "m", "max_tokens": 20, "tools": [{"type": "function", "function": {"name": "weather", "description": "Tells it.", "parameters": {"type": "object"}}}],
                 "tool_choice": "required", "parallel_tool_calls": false,
                 "messages": [
                  {"role": "user", "content": "Rain?"},
                  {"role": "assistant", "content": "I look.", "tool_calls": [{"id": "t1", "type": "function", "function": {"name": "weather", "arguments": "{\\"city\\":\\"Bern\\"}"}}]},
                  {"role": "tool", "tool_call_id": "t1", "content": "Sun"}, {"role": "tool", "tool_call_id": "t2", "content": "Error: broken"},
                  {"role": "tool", "tool_call_id": "t3", "content": ""}, {"role": "user", "content": "And?"}]}""");
    }

    @Test
    void picturesAndPlainDocumentsAreShownToTheModel() {
        becomes("""
                {"model": "m", "max_tokens": 20, "messages": [{"role": "user", "content": [
                  {"type": "image", "source": {"type": "base64", "media_type": "image/jpeg", "data": "AAAA"}}, {"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}},
                  {"type": "document", "title": "Notes", "source": {"type": "text", "media_type": "text/plain", "data": "Water."}}]}]}""", """
                {"model": "m", "max_tokens": 20, "messages": [{"role": "user", "content": [
                  {"type": "image_url", "image_url": {"url": "data:image/jpeg;base64,AAAA"}}, {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}},
                  {"type": "text", "text": "Notes\\n\\nWater."}]}]}""");
    }

    @Test
    void whereTheAnswerIsBegunItIsGoneOnWith() {
        becomes("""
                {"model": "m", "max_tokens": 20, "messages": [{"role": "user", "content": "Count"}, {"role": "assistant", "content": "1, 2,"}]}""", """
                {"model": "m", "max_tokens": 20, "messages": [{"role": "user", "content": "Count"}, {"role": "assistant", "content": "1, 2,"}],
                 "continue_final_message": true, "add_generation_prompt": false}""");
    }

    @Test
    void anAnswerByASchemaIsAskedForAsSuch() {
        String format = "{\"type\": \"json_schema\", \"schema\": {\"type\": \"object\"}}";
        String wanted = """
                {"model": "m", "max_tokens": 20, "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "strict": true, "schema": {"type": "object"}}},
                 "messages": [{"role": "user", "content": "One"}]}""";
        String call = "{\"model\": \"m\", \"max_tokens\": 20, \"messages\": [{\"role\": \"user\", \"content\": \"One\"}], ";
        becomes(call + "\"output_config\": {\"effort\": \"low\", \"format\": " + format + "}}", wanted);
        becomes(call + "\"output_format\": " + format + "}", wanted);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                                                                                   | must be a JSON object
            {"model": "m", "model": "n", "max_tokens": 1, "messages": []}                                        | Duplicate
            {"model": "m", "max_tokens": 1, "messages": []} {}                                                   | We could not read the body
            {"model": "m", "messages": []}                                                                       | max_tokens: Field required
            {"model": "m", "max_tokens": 1}                                                                      | messages: must be a list
            {"model": "m", "max_tokens": 1, "messages": [{"role": "robot", "content": "x"}]}                     | a role must be user or assistant
            {"model": "m", "max_tokens": 1, "messages": [{"role": "user", "content": 7}]}                        | messages: must be a list
            {"model": "m", "max_tokens": 1, "messages": [{"role": "user", "content": [{"type": "video"}]}]}      | blocks of the type video are not offered
            {"model": "m", "max_tokens": 1, "system": [{"type": "image"}], "messages": []}                       | system: blocks of the type image cannot stand here
            {"model": "m", "max_tokens": 1, "tools": [{"type": "web_search_20250305"}], "messages": []}          | is Anthropic's own
            {"model": "m", "max_tokens": 1, "n": 2, "messages": []}                                                | n: a message is one answer
            {"model": "m", "max_tokens": 1, "tool_choice": {"type": "some"}, "messages": []}                     | tool_choice
            {"model": "m", "max_tokens": 1, "mcp_servers": [], "messages": []}                                   | mcp_servers: not offered
            {"model": "m", "max_tokens": 1, "container": "c", "messages": []}                                    | container: not offered
            {"model": "m", "max_tokens": 1, "output_format": {"type": "xml"}, "messages": []}                    | must be of the type json_schema
            """)
    void whatCannotBeSaidIsRefused(String call, String words) {
        assertThatThrownBy(() -> MessagesCall.asChat(call.getBytes(StandardCharsets.UTF_8), false)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.error().status()).isEqualTo(400);
            assertThat(refusal.error().message()).contains(words);
        });
    }

    private static void becomes(String call, String wanted) {
        JsonNode chat = JSON.readTree(MessagesCall.asChat(call.getBytes(StandardCharsets.UTF_8), false));
        assertThat(chat).isEqualTo(JSON.readTree(wanted));
    }
}
