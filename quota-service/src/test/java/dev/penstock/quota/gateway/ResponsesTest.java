package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.ModelLog;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.fault.ModelFault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of Responses, answered by an engine that speaks chat completions. */
class ResponsesTest {

    private static final String HELLO = "{\"model\":\"" + TestGateway.CHAT + "\",\"max_output_tokens\":20,\"input\":\"Hello there\"}";
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
        gateway.chat.faults().liftAll();
        await().atMost(Duration.ofSeconds(5)).until(() -> gateway.open() == 0);
    }

    private static Reply responses(String body) {
        return gateway.post("/v1/responses", body);
    }

    private static String streamed(String body) {
        return body.replace("\"input\"", "\"stream\":true,\"input\"");
    }

    @Test
    void aWholeAnswerIsAResponseWithTheUsageThatIsBooked() {
        Reply reply = responses(HELLO);
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        assertThat(reply.json().path("object").asString()).isEqualTo("response");
        assertThat(reply.json().path("id").asString()).isEqualTo("resp_" + reply.call());
        assertThat(reply.json().path("output").path(0).path("content").path(0).path("text").asString()).isNotBlank();
        booked(reply, reply.json().path("usage"));
    }

    @Test
    void aStreamIsOneOfEventsAndSaysAtItsEndWhatIsBooked() {
        Reply reply = responses(streamed(HELLO));
        assertThat(reply.header("content-type")).startsWith("text/event-stream");
        List<JsonNode> events = events(reply);
        assertThat(events.getFirst().path("type").asString()).isEqualTo("response.created");
        JsonNode last = events.getLast();
        assertThat(last.path("type").asString()).isIn("response.completed", "response.incomplete");
        String pieces = String.join("", events.stream().filter(event -> event.path("type").asString().equals("response.output_text.delta")).map(event -> event.path("delta").asString()).toList());
        assertThat(pieces).isEqualTo(last.path("response").path("output").path(0).path("content").path(0).path("text").asString()).isNotBlank();
        assertThat(reply.http().body()).doesNotContain("[DONE]", "chat.completion");
        booked(reply, last.path("response").path("usage"));
    }

    @Test
    void aToolIsCalledAndItsAnswerIsUnderstood() {
        String tools = "\"tools\":[{\"type\":\"function\",\"name\":\"weather\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}],";
        Reply asked = responses(HELLO.replace("Hello there", "What is the weather?").replace(":20", ":200").replaceFirst("\\{", "{\"tool_choice\":\"required\"," + tools));
        JsonNode call = asked.json().path("output").path(asked.json().path("output").size() - 1);
        assertThat(call.path("type").asString() + " " + call.path("name").asString()).as(asked.http().body()).isEqualTo("function_call weather");

        String said = "[{\"role\":\"user\",\"content\":\"What is the weather?\"}," + call + ",{\"type\":\"function_call_output\",\"call_id\":" + call.path("call_id") + ",\"output\":\"Sun and 24 degrees\"}]";
        Reply told = responses("{" + tools + "\"model\":\"" + TestGateway.CHAT + "\",\"max_output_tokens\":200,\"input\":" + said + "}");
        assertThat(told.json().path("output").path(0).path("content").path(0).path("text").asString()).as(told.http().body()).contains("Sun and 24 degrees");
    }

    @Test
    void aStreamThatBreaksOffEndsWithAnErrorOfItsForm() {
        gateway.chat.faults().add(new ModelFault.Cut(4));
        List<JsonNode> events = events(responses(streamed(HELLO)));
        assertThat(events.getLast().path("type").asString()).isEqualTo("error");
        assertThat(events.getLast().path("message").asString()).contains("broke off");
    }

    @Test
    void nothingIsKeptAndSoNothingIsFound() {
        Reply reply = responses(HELLO.replace("\"input\"", "\"previous_response_id\":\"resp_1\",\"input\""));
        assertThat(reply.status() + " " + reply.json().path("error").path("param").asString()).isEqualTo("400 previous_response_id");
        assertThat(TestGateway.send(gateway.key, "GET", "/v1/responses/resp_" + reply.call(), null).status()).isEqualTo(404);
        assertThat(gateway.chat.log().entries(reply.call())).isEmpty();
    }

    private static List<JsonNode> events(Reply reply) {
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        return Arrays.stream(reply.http().body().split("\n\n")).map(event -> JsonMapper.shared().readTree(event.substring(event.indexOf("data: ") + 6))).toList();
    }

    private static void booked(Reply reply, JsonNode usage) {
        ModelLog.Entry produced = gateway.chat.log().entries(reply.call()).getFirst();
        assertThat(usage.path("input_tokens").asLong()).isEqualTo(produced.prompt());
        assertThat(usage.path("output_tokens").asLong()).isEqualTo(produced.completion());
        assertThat(gateway.row(reply.call())).isEqualTo("200 counted " + produced.prompt() + " " + produced.completion());
    }
}
