package dev.penstock.quota.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.quota.LimitField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the engine gets, judged by Jackson. */
class ForwardBodyTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final ModelFacts FACTS = new ModelFacts(32_768, 8_192, 1);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            {"model":"m","messages":[]}                                        | {"max_tokens":8192,"model":"served","messages":[]}
            {"max_tokens":null,"model":"m","messages":[]}                      | {"max_tokens":8192,"model":"served","messages":[]}
            {"max_tokens":1e18,"model":"m","messages":[]}                      | {"max_tokens":8192,"model":"served","messages":[]}
            {"max_completion_tokens":9,"model":"m","messages":[]}              | {"max_completion_tokens":9,"model":"served","messages":[]}
            { "model" : "m" , "max_tokens" : 7 , "messages" : [ ] }            | { "model" : "served" , "max_tokens" : 7 , "messages" : [ ] }
            {"max_tokens":9,"max_completion_tokens":99999,"model":"m","messages":[]} | {"max_tokens":9,"max_completion_tokens":8192,"model":"served","messages":[]}
            {"stream_options":{"include_usage":false},"max_tokens":7,"model":"m","messages":[]} | {"stream_options":{"include_usage":false},"max_tokens":7,"model":"served","messages":[]}
            """)
    void isTheCallersWithModelAndLimit(String body, String expected) {
        assertThat(forward(Operation.CHAT, body, true, null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', nullValues = "-", textBlock = """
            -                                                              | {"include_usage":true,"continuous_usage_stats":true}
            null                                                           | {"include_usage":true,"continuous_usage_stats":true}
            {}                                                             | {"include_usage":true,"continuous_usage_stats":true}
            { }                                                            | {"include_usage":true,"continuous_usage_stats":true}
            {"include_usage":false}                                        | {"include_usage":true,"continuous_usage_stats":true}
            {"include_usage":true,"x":[1]}                                 | {"include_usage":true,"continuous_usage_stats":true,"x":[1]}
            {"continuous_usage_stats":null,"include_usage":null}           | {"include_usage":true,"continuous_usage_stats":true}
            """)
    void aStreamIsAlwaysAskedForItsUsage(@Nullable String options, String expected) {
        String body = "{\"model\":\"m\",\"messages\":[],\"stream\":true" + (options == null ? "" : ",\"stream_options\":" + options) + "}";
        assertThat(JSON.readTree(forward(Operation.CHAT, body, true, null)).path("stream_options")).isEqualTo(JSON.readTree(expected));
        assertThat(JSON.readTree(forward(Operation.CHAT, body, false, null)).path("stream_options").path("include_usage").asBoolean()).isTrue();
    }

    @Test
    void aCompletionIsLimitedByTheFieldThatItsEngineReads() {
        assertThat(forward(Operation.COMPLETIONS, "{\"model\":\"m\",\"prompt\":\"x\",\"max_completion_tokens\":5}", false, null)).contains("\"max_tokens\":16", "\"max_completion_tokens\":5");
        assertThat(forward(Operation.COMPLETIONS, "{\"model\":\"m\",\"prompt\":\"x\",\"max_tokens\":5}", false, null)).contains("\"max_tokens\":5");
    }

    @Test
    void theSaltOfTheCacheIsOurs() {
        assertThat(forward(Operation.EMBEDDINGS, "{\"model\":\"m\",\"input\":\"x\",\"cache_salt\":\"another tenant's\"}", true, "ours"))
                .isEqualTo("{\"model\":\"served\",\"input\":\"x\",\"cache_salt\":\"ours\"}");
        assertThat(forward(Operation.EMBEDDINGS, "{\"model\":\"m\",\"input\":\"x\"}", true, "ours"))
                .isEqualTo("{\"cache_salt\":\"ours\",\"model\":\"served\",\"input\":\"x\"}");
        assertThat(forward(Operation.EMBEDDINGS, "{\"model\":\"m\",\"input\":\"x\",\"cache_salt\":\"own\"}", true, null)).contains("\"own\"");
    }

    /** Whatever else is in a body arrives as it was, wherever our fields stand and however they are written. */
    @Test
    void everythingElseStaysAsItWas() {
        for (long seed = 0; seed < 2_000; seed++) {
            RandomJson random = new RandomJson(seed);
            List<String> members = new ArrayList<>(random.members(4));
            members.add("\"" + (random.chance() ? "model" : "m\\u006fdel") + "\"" + random.blank() + ":" + random.blank() + "\"m\"");
            members.add("\"messages\":[" + random.object(random.members(3)) + "]");
            if (random.chance()) {
                members.add("\"max_tokens\":" + random.blank() + (1 + random.number(20_000)));
            }
            if (random.chance()) {
                members.add("\"stream\":true");
            }
            if (random.chance()) {
                members.add("\"stream_options\":" + random.object(random.members(1)));
            }
            String body = random.object(members);
            JsonNode forwarded = JSON.readTree(forward(Operation.CHAT, body, true, "salt"));
            assertThat(forwarded.path("model").asString()).isEqualTo("served");
            assertThat(forwarded.path("max_tokens").asLong()).isBetween(1L, 8_192L);
            assertThat(forwarded.path("cache_salt").asString()).isEqualTo("salt");
            assertThat(without(forwarded)).as(body).isEqualTo(without(JSON.readTree(body)));
        }
    }

    private static ObjectNode without(JsonNode body) {
        ObjectNode rest = (ObjectNode) body.deepCopy();
        rest.remove(List.of("model", "max_tokens", "cache_salt"));
        if (rest.path("stream_options") instanceof ObjectNode options) {
            options.remove(List.of("include_usage", "continuous_usage_stats"));
            if (options.isEmpty()) {
                rest.remove("stream_options");
            }
        }
        return rest;
    }

    /** A server that knows one of the two fields refuses the other, or passes it over and says more than is set aside. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            MAX_TOKENS            | {"model":"m","messages":[]}                                                     | {"max_tokens":8192,"model":"served","messages":[]}
            MAX_COMPLETION_TOKENS | {"model":"m","messages":[]}                                                     | {"max_completion_tokens":8192,"model":"served","messages":[]}
            MAX_COMPLETION_TOKENS | {"model":"m","max_tokens":7,"messages":[]}                                      | {"max_completion_tokens":7,"model":"served","messages":[]}
            MAX_COMPLETION_TOKENS | {"max_tokens":7,"model":"m","messages":[]}                                      | {"max_completion_tokens":7,"model":"served","messages":[]}
            MAX_COMPLETION_TOKENS | {"model":"m","messages":[],"max_tokens":99999}                                  | {"max_completion_tokens":8192,"model":"served","messages":[]}
            MAX_COMPLETION_TOKENS | {"max_tokens":9,"max_completion_tokens":7,"model":"m","messages":[]}            | {"max_completion_tokens":7,"model":"served","messages":[]}
            MAX_COMPLETION_TOKENS | { "max_completion_tokens" : 9 , "max_tokens" : 7 , "model":"m","messages":[]}   | { "max_completion_tokens" : 7  , "model":"served","messages":[]}
            MAX_COMPLETION_TOKENS | {"max_tokens":null,"model":"m","max_completion_tokens":null,"messages":[]}      | {"model":"served","max_completion_tokens":8192,"messages":[]}
            MAX_TOKENS            | {"model":"m","messages":[],"max_completion_tokens":7}                           | {"max_tokens":7,"model":"served","messages":[]}
            MAX_TOKENS            | {"x":{"max_completion_tokens":1},"max_completion_tokens":7,"model":"m","messages":[]} | {"max_tokens":7,"x":{"max_completion_tokens":1},"model":"served","messages":[]}
            """)
    void aServerMayBeToldTheLimitInOneFieldAlone(LimitField field, String body, String expected) {
        CallBody read = new BodyReader(16, 1_000).read(Operation.CHAT, body.getBytes(StandardCharsets.UTF_8));
        TokenBounds bounds = TokenBounds.of(Operation.CHAT, read, FACTS);
        String written = new String(ForwardBody.write(Operation.CHAT, read, new ForwardBody.Rewriting("served", bounds, FACTS, false, field, null)), StandardCharsets.UTF_8);
        assertThat(written).isEqualTo(expected);
        assertThat(JSON.readTree(written).path(field.name().toLowerCase(Locale.ROOT)).asLong()).isLessThanOrEqualTo(bounds.perAnswer());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            {"model":"m","max_tokens":7,"stream":true,"messages":[],"x":{"model":1}}   | {"model":"served","max_tokens":7,"stream":true,"messages":[],"x":{"model":1}}
            {"model":"m","max_tokens":99999,"messages":[]}                             | {"model":"served","max_tokens":8192,"messages":[]}
            {"model":"m","messages":[],"stream_options":{},"max_completion_tokens":9}  | {"max_tokens":8192,"model":"served","messages":[],"stream_options":{},"max_completion_tokens":9}
            """)
    void aCallOfMessagesIsTheCallersWithModelAndLimit(String body, String expected) {
        assertThat(forward(Operation.MESSAGES, body, false, null)).isEqualTo(expected);
    }

    private static String forward(Operation operation, String body, boolean continuous, @Nullable String salt) {
        CallBody read = new BodyReader(16, 1_000).read(operation, body.getBytes(StandardCharsets.UTF_8));
        TokenBounds bounds = TokenBounds.of(operation, read, FACTS);
        return new String(ForwardBody.write(operation, read, new ForwardBody.Rewriting("served", bounds, FACTS, continuous, null, salt)), StandardCharsets.UTF_8);
    }
}
