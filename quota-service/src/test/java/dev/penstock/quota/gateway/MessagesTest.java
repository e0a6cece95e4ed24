package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.ModelLog;
import dev.penstock.simulators.model.ModelPace;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of Messages as Anthropic's clients make them, answered by an engine that speaks chat completions. */
class MessagesTest {

    private static final String[] VERSION = {"anthropic-version", "2023-06-01"};
    private static final String HELLO = "{\"model\":\"" + TestGateway.CHAT + "\",\"max_tokens\":20,\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}";
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new TestGateway(ModelPace.quick());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void nothingIsReservedAfter() {
        await().atMost(Duration.ofSeconds(5)).until(() -> gateway.open() == 0);
    }

    @Test
    void aWholeAnswerIsAMessageWithTheUsageThatIsBooked() {
        Reply reply = messages(HELLO);
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        assertThat(reply.json().path("type").asString()).isEqualTo("message");
        assertThat(reply.json().path("id").asString()).isEqualTo("msg_" + reply.call());
        assertThat(reply.json().path("content").path(0).path("text").asString()).isNotBlank();
        assertThat(reply.header("request-id")).isEqualTo(reply.call());
        booked(reply, reply.json().path("usage"));
    }

    @Test
    void aStreamIsOneOfEventsAndSaysAtItsEndWhatIsBooked() {
        Reply reply = messages(HELLO.replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\""));
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        assertThat(reply.header("content-type")).startsWith("text/event-stream");
        List<JsonNode> events = events(reply);
        assertThat(events.getFirst().path("type").asString()).isEqualTo("message_start");
        assertThat(events.get(1).path("type").asString()).isEqualTo("content_block_start");
        assertThat(events.getLast().path("type").asString()).isEqualTo("message_stop");
        assertThat(reply.http().body()).doesNotContain("[DONE]", "chat.completion");
        booked(reply, events.get(events.size() - 2).path("usage"));
    }

    @Test
    void aToolIsCalledAndItsAnswerIsUnderstood() {
        String tools = "\"tools\":[{\"name\":\"weather\",\"description\":\"d\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}],";
        String question = HELLO.replace("Hello there", "What is the weather?").replace("\"max_tokens\":20", "\"max_tokens\":200").replaceFirst("\\{", "{" + tools);
        Reply asked = messages(question.replace("\"max_tokens\"", "\"tool_choice\":{\"type\":\"any\"},\"max_tokens\""));
        JsonNode use = asked.json().path("content").path(asked.json().path("content").size() - 1);
        assertThat(use.path("type").asString()).as(asked.http().body()).isEqualTo("tool_use");
        assertThat(use.path("name").asString()).isEqualTo("weather");
        assertThat(asked.json().path("stop_reason").asString()).isEqualTo("tool_use");

        String said = "{\"role\":\"user\",\"content\":\"What is the weather?\"},{\"role\":\"assistant\",\"content\":[" + use + "]}";
        String answer = "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":" + use.path("id") + ",\"content\":\"Sun and 24 degrees\"}]}";
        Reply told = messages("{" + tools + "\"model\":\"" + TestGateway.CHAT + "\",\"max_tokens\":200,\"messages\":[" + said + "," + answer + "]}");
        assertThat(told.json().path("content").path(0).path("text").asString()).as(told.http().body()).contains("Sun and 24 degrees");
        assertThat(told.json().path("stop_reason").asString()).isEqualTo("end_turn");
    }

    /** Counted by the engine, booked as a call that used nothing. */
    @Test
    void tokensAreCountedBeforehandForNothing() {
        String asked = HELLO.replace("\"max_tokens\":20,", "\"system\":\"Be brief.\",");
        Reply counted = TestGateway.send(gateway.key, "POST", "/v1/messages/count_tokens", asked, VERSION);
        assertThat(counted.status()).as(counted.http().body()).isEqualTo(200);
        assertThat(counted.json().propertyNames()).containsExactly("input_tokens");
        assertThat(gateway.row(counted.call())).isEqualTo("200 counted 0 0");
        Reply said = messages(HELLO.replace("\"messages\"", "\"system\":\"Be brief.\",\"messages\""));
        assertThat(gateway.chat.log().entries(said.call()).getFirst().prompt()).isEqualTo(counted.json().path("input_tokens").asLong());
        gateway.publishCountingAtTheEnd("vision/other-engine");
        assertThat(type(TestGateway.send(gateway.key, "POST", "/v1/messages/count_tokens", asked.replace(TestGateway.CHAT, "vision/other-engine"), VERSION)))
                .isEqualTo("400 invalid_request_error");
    }

    @Test
    void refusalsHaveTheFormThatItsClientsKnow() {
        Reply unknown = messages(HELLO.replace(TestGateway.CHAT, "no-such"));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().path("type").asString()).isEqualTo("error");
        assertThat(unknown.json().path("error").path("type").asString()).isEqualTo("not_found_error");
        assertThat(unknown.json().path("request_id").asString()).isEqualTo(unknown.call());
        assertThat(type(messages("{"))).isEqualTo("400 invalid_request_error");
        assertThat(type(messages(HELLO.replace("\"max_tokens\":20,", "")))).isEqualTo("400 invalid_request_error");
        assertThat(type(TestGateway.send("psk_unknown", "POST", "/v1/messages", HELLO, VERSION))).isEqualTo("401 authentication_error");
        assertThat(type(messages(HELLO.replace(TestGateway.CHAT, TestGateway.EMBED)))).isEqualTo("400 invalid_request_error");
    }

    @Test
    void theKeyMayComeInTheirHeader() {
        Reply reply = TestGateway.send(null, "POST", "/v1/messages", HELLO, "x-api-key", gateway.key, "anthropic-version", "2023-06-01");
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        assertThat(type(TestGateway.send(null, "POST", "/v1/messages", HELLO, "x-api-key", "psk_unknown"))).isEqualTo("401 authentication_error");
        assertThat(TestGateway.send(null, "GET", "/v1/models", null, "x-api-key", gateway.key).json().path("object").asString()).isEqualTo("list");
    }

    @Test
    void whoSpeaksTheirDialectIsToldOfModelsInIt() {
        Reply list = TestGateway.send(gateway.key, "GET", "/v1/models", null, VERSION);
        assertThat(list.json().path("has_more").asBoolean(true)).isFalse();
        assertThat(list.json().path("first_id").asString()).isEqualTo(list.json().path("data").path(0).path("id").asString());
        assertThat(list.json().path("data").path(0).path("type").asString()).isEqualTo("model");
        Reply none = TestGateway.send(gateway.key, "GET", "/v1/models/none", null, VERSION);
        assertThat(type(none)).isEqualTo("404 not_found_error");
    }

    private static Reply messages(String body) {
        return TestGateway.send(gateway.key, "POST", "/v1/messages", body, VERSION);
    }

    private static String type(Reply reply) {
        return reply.status() + " " + reply.json().path("error").path("type").asString();
    }

    private static List<JsonNode> events(Reply reply) {
        return Arrays.stream(reply.http().body().split("\n\n")).map(event -> JsonMapper.shared().readTree(event.substring(event.indexOf("data: ") + 6))).toList();
    }

    private static void booked(Reply reply, JsonNode usage) {
        ModelLog.Entry produced = gateway.chat.log().entries(reply.call()).getFirst();
        assertThat(usage.path("input_tokens").asLong() + usage.path("cache_read_input_tokens").asLong()).isEqualTo(produced.prompt());
        assertThat(usage.path("output_tokens").asLong()).isEqualTo(produced.completion());
        assertThat(gateway.row(reply.call())).isEqualTo("200 counted " + produced.prompt() + " " + produced.completion());
    }
}
