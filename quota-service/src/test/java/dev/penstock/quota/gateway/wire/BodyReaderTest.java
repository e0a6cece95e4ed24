package dev.penstock.quota.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before anything is reserved, and what bound the rest has. */
class BodyReaderTest {

    private static final ModelFacts FACTS = new ModelFacts(32_768, 8_192, 1);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', nullValues = "-", textBlock = """
            [1]                                                        | -
            {"messages": []                                            | -
            {"messages": []}                                           | model
            {"model": null, "messages": []}                            | model
            {"model": 7, "messages": []}                               | model
            {"model": "m"}                                             | messages
            {"model": "m", "messages": {}}                             | messages
            {"model": "m", "model": "n", "messages": []}               | model
            {"model": "m", "mod\\u0065l": "n", "messages": []}          | model
            {"model": "m", "messages": [], "messages": []}             | messages
            {"model": "m", "messages": [], "stream": "true"}           | stream
            {"model": "m", "messages": [], "stream": 1}                | stream
            {"model": "m", "messages": [], "stream_options": []}       | stream_options
            {"model": "m", "messages": [], "stream_options": {"include_usage": 1}} | stream_options.include_usage
            {"model": "m", "messages": [], "stream_options": {"include_usage": true, "include_usage": false}} | stream_options
            {"model": "m", "messages": [], "max_tokens": 0}            | max_tokens
            {"model": "m", "messages": [], "max_tokens": -1}           | max_tokens
            {"model": "m", "messages": [], "max_tokens": -1e18}        | max_tokens
            {"model": "m", "messages": [], "max_tokens": 1.5}          | max_tokens
            {"model": "m", "messages": [], "max_tokens": 1e-400}       | max_tokens
            {"model": "m", "messages": [], "max_tokens": "many"}       | max_tokens
            {"model": "m", "messages": [], "max_tokens": [1]}          | max_tokens
            {"model": "m", "messages": [], "max_tokens": 1, "max_tokens": 100000} | max_tokens
            {"model": "m", "messages": [], "max_completion_tokens": 0} | max_completion_tokens
            {"model": "m", "messages": [], "n": 1000}                  | n
            {"model": "m", "messages": [], "n": 0}                     | n
            {"model": "m", "messages": [], "n": 1e999999999}           | n
            {"model": "m", "messages": [], "best_of": 17}              | best_of
            {"model": "m", "messages": [], "store": true}              | store
            {"model": "m", "messages": [], "background": true}         | background
            {"model": "m", "messages": [], "previous_response_id": "r"} | previous_response_id
            {"model": "m", "messages": [], "conversation": "c"}        | conversation
            {"model": "m", "messages": [], "web_search_options": {}}   | web_search_options
            {"model": "m", "messages": [], "tools": [{"type": "web_search"}]} | tools
            """)
    void isRefusedNamingTheField(String body, @Nullable String param) {
        assertThatThrownBy(() -> read(Operation.CHAT, body)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.error().status()).isEqualTo(400);
            assertThat(refusal.error().param()).isEqualTo(param);
            assertThat(refusal.error().type()).isEqualTo("invalid_request_error");
        });
    }

    @Test
    void whatWeDoNotReadPasses() {
        CallBody body = read(Operation.CHAT, """
                {"temperature": 2, "unknown": {"model": "x"}, "unknown": 1, "model": "m", "messages": [{"role": "user", "content": "hi"}], "store": false, "stream": true}""");
        assertThat(body.model()).isEqualTo("m");
        assertThat(body.stream()).isTrue();
    }

    @Test
    void tenThousandEmptyMessagesAreTenThousandItems() {
        String body = "{\"model\":\"m\",\"messages\":[" + "{},".repeat(9_999) + "{}]}";
        assertThat(bounds(Operation.CHAT, body, new ModelFacts(10_000_000, 1, 1)).input()).isEqualTo(body.length() + 10_000 * TokenBounds.PER_ITEM + TokenBounds.PER_CALL);
    }

    /** {@code C}: bounded by the context alone. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            {"role": "user", "content": "hi"}                                                                   | 1
            {"role": "user", "content": [{"type": "text", "text": "hi"}]}                                       | 1
            {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "u"}}]}                     | C
            {"role": "user", "content": [{"type": "text", "text": "hi", "image_url": "u"}]}                     | C
            {"role": "user", "content": [{"image_url": {"url": "u"}}]}                                          | C
            {"role": "user", "content": "hi", "content": [{"type": "input_audio", "input_audio": {}}]}          | C
            {"role": "assistant", "audio": {"id": "a"}}                                                         | C
            """)
    void picturesAndSoundAreBoundByTheContext(String message, String expected) {
        String body = "{\"model\":\"m\",\"messages\":[" + message + "]}";
        long bound = expected.equals("C") ? FACTS.contextTokens() : body.length() + TokenBounds.PER_ITEM + TokenBounds.PER_CALL;
        assertThat(bounds(Operation.CHAT, body, FACTS).input()).isEqualTo(bound);
    }

    @Test
    void aTemplateOfTheClientsOwnIsBoundByTheContext() {
        assertThat(bounds(Operation.CHAT, "{\"model\":\"m\",\"messages\":[],\"chat_template\":\"x\"}", FACTS).input()).isEqualTo(32_768);
        assertThat(bounds(Operation.CHAT, "{\"model\":\"m\",\"messages\":[],\"chat_template\":null}", FACTS).input()).isLessThan(1_000);
    }

    @Test
    void toolsCountTwiceSinceTemplatesWriteThemAnew() {
        String tools = "[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";
        String body = "{\"model\":\"m\",\"messages\":[],\"tools\":" + tools + "}";
        assertThat(bounds(Operation.CHAT, body, FACTS).input()).isEqualTo(body.length() + tools.length() + TokenBounds.PER_ITEM + TokenBounds.PER_CALL);
    }

    @Test
    void anUnknownTokenizerIsBoundByTheContext() {
        assertThat(bounds(Operation.CHAT, "{\"model\":\"m\",\"messages\":[]}", new ModelFacts(4_096, 1_024, null)).input()).isEqualTo(4_096);
    }

    @Test
    void eightMegabytesAreBoundByTheContext() {
        String body = "{\"model\":\"m\",\"messages\":[{\"content\":\"" + "x".repeat(8 << 20) + "\"}]}";
        assertThat(bounds(Operation.CHAT, body, FACTS).input()).isEqualTo(32_768);
    }

    /** inputs, then the most that they can be: every text may fill a context of its own. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            "hi"               | 1
            ["a", "b", "c"]    | 3
            [1, 2, 3]          | 1
            [[1, 2], [3], [4]] | 3
            []                 | 0
            """)
    void everyInputCounts(String input, int inputs) {
        String body = "{\"model\":\"m\",\"input\":" + input + "}";
        assertThat(bounds(Operation.EMBEDDINGS, body, FACTS))
                .isEqualTo(new TokenBounds(body.length() + inputs * TokenBounds.PER_ITEM + TokenBounds.PER_CALL, 0, 0));
        assertThat(bounds(Operation.EMBEDDINGS, body, new ModelFacts(100, 1, null)).input()).isEqualTo(100L * Math.max(1, inputs));
    }

    /** What one answer may have at most, for a model of a context of 4,096 that says up to 2,048; the prompt is bound by less than 700. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            "x": 1                                             | 2048 | 2048
            "max_tokens": null                                 | 2048 | 2048
            "max_tokens": 1                                    | 1    | 1
            "max_tokens": 2048                                 | 2048 | 2048
            "max_tokens": 2049                                 | 2048 | 2048
            "max_tokens": 1e18                                 | 2048 | 2048
            "max_tokens": 1e999999999                          | 2048 | 2048
            "max_tokens": 100.0                                | 100  | 100
            "max_completion_tokens": 5                         | 5    | 5
            "max_tokens": 5, "max_completion_tokens": 7        | 7    | 7
            "max_tokens": 5, "n": 16                           | 5    | 80
            "max_tokens": 5, "n": 2, "best_of": 3              | 5    | 15
            """)
    void answersAreBoundByWhatIsWritten(String fields, long perAnswer, long output) {
        TokenBounds bounds = bounds(Operation.CHAT, "{\"model\":\"m\",\"messages\":[]," + fields + "}", new ModelFacts(4_096, 2_048, 1));
        assertThat(bounds.perAnswer()).isEqualTo(perAnswer);
        assertThat(bounds.output()).isEqualTo(output);
    }

    /** Of every prompt so many answers, each of at most so many tokens; of another limit's name the engine knows nothing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            "prompt": "hi"                                              | 16   | 16
            "prompt": "hi", "max_completion_tokens": 5                  | 16   | 16
            "prompt": ["a", "b", "c"], "max_tokens": 5                  | 5    | 15
            "prompt": ["a", "b"], "max_tokens": 5, "n": 4               | 5    | 40
            "prompt": [[1, 2], [3]], "max_tokens": 5, "best_of": 3      | 5    | 30
            "prompt": [1, 2, 3], "max_tokens": 9999                     | 2048 | 2048
            """)
    void completionsAreBoundByPromptsAndAnswers(String fields, long perAnswer, long output) {
        TokenBounds bounds = bounds(Operation.COMPLETIONS, "{\"model\":\"m\"," + fields + "}", new ModelFacts(4_096, 2_048, 1));
        assertThat(bounds.perAnswer()).isEqualTo(perAnswer);
        assertThat(bounds.output()).isEqualTo(output);
    }

    @Test
    void aPromptIsReadWhereItMeansSomething() {
        assertThatThrownBy(() -> read(Operation.COMPLETIONS, "{\"model\":\"m\",\"messages\":[]}")).hasMessageContaining("`prompt` is missing");
        assertThatThrownBy(() -> read(Operation.COMPLETIONS, "{\"model\":\"m\",\"prompt\":{}}")).hasMessageContaining("`prompt` must be a string or a list");
        assertThat(read(Operation.CHAT, "{\"model\":\"m\",\"messages\":[],\"prompt\":{}}").inputs()).isZero();
    }

    /** An engine refuses a limit that does not fit behind the prompt, so one that nobody asked for must fit. */
    @Test
    void aLimitOfOurChoosingLeavesRoomForThePrompt() {
        String body = "{\"model\":\"m\",\"messages\":[{\"content\":\"" + "x".repeat(2_000) + "\"}]}";
        ModelFacts facts = new ModelFacts(4_096, 4_096, 1);
        TokenBounds bounds = bounds(Operation.CHAT, body, facts);
        assertThat(bounds.input() + bounds.perAnswer()).isEqualTo(4_096);
        String longer = body.replace("xxx", "xxxxxx");
        assertThat(bounds(Operation.CHAT, longer, facts).perAnswer()).isEqualTo(1_024);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            "tools": [{"type": "web_search_20250305", "name": "w"}]      | tools
            "tools": [{"type": "custom", "type": "code_execution_1"}]    | tools
            "mcp_servers": []                                            | mcp_servers
            "container": "c"                                             | container
            "n": 2                                                       | n
            "max_tokens": 0                                              | max_tokens
            "max_tokens": 1, "max_tokens": 2                             | max_tokens
            """)
    void ofMessagesIsRefusedWhatHasNoBound(String fields, String param) {
        assertThatThrownBy(() -> read(Operation.MESSAGES, "{\"model\":\"m\",\"messages\":[]," + fields + "}"))
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.error().param()).isEqualTo(param));
    }

    /** {@code C}: bounded by the context alone. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            "hi"                                                                                                                        | 1
            [{"type": "text", "text": "hi", "cache_control": {"type": "ephemeral"}}]                                                    | 1
            [{"type": "tool_use", "id": "t", "name": "n", "input": {"image": 1}}]                                                       | 1
            [{"type": "tool_result", "tool_use_id": "t", "is_error": true, "content": [{"type": "text", "text": "x"}]}]                 | 1
            [{"type": "tool_result", "tool_use_id": "t", "content": [{"type": "image", "source": {}}]}]                                 | C
            [{"type": "text", "text": "hi", "source": {"type": "url"}}]                                                                 | C
            [{"type": "document", "source": {"type": "url"}}]                                                                           | C
            [{"type": "thinking", "thinking": "x", "signature": "y"}]                                                                   | C
            """)
    void ofMessagesTextIsBoundByItsBytesWithWhatAnthropicAdds(String content, String expected) {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":" + content + "}]}";
        long bound = expected.equals("C") ? FACTS.contextTokens() : body.length() + TokenBounds.PER_ITEM + TokenBounds.PER_CALL + TokenBounds.PER_MESSAGE_CALL;
        assertThat(bounds(Operation.MESSAGES, body, FACTS).input()).isEqualTo(bound);
    }

    /** What Anthropic says of them to the model is not in the body. */
    @Test
    void toolsThatAnthropicDescribesAreBoundByTheContext() {
        assertThat(bounds(Operation.MESSAGES, "{\"model\":\"m\",\"messages\":[],\"tools\":[{\"type\":\"bash_20250124\",\"name\":\"bash\"}]}", FACTS).input()).isEqualTo(32_768);
        assertThat(bounds(Operation.MESSAGES, "{\"model\":\"m\",\"messages\":[],\"tools\":[{\"name\":\"mine\"}]}", FACTS).input()).isLessThan(2_000);
    }

    private static TokenBounds bounds(Operation operation, String body, ModelFacts facts) {
        return TokenBounds.of(operation, read(operation, body), facts);
    }

    private static CallBody read(Operation operation, String body) {
        return new BodyReader(16, 1_000).read(operation, body.getBytes(StandardCharsets.UTF_8));
    }
}
