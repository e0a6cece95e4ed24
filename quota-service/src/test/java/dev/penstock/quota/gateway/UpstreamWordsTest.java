package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.EndpointId;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.EngineSettings;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.SimModelServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes to a server outside of the house byte for byte and comes back, and which of its models are given what. */
class UpstreamWordsTest {

    private static final RunningService SERVICE = RunningService.priced();
    private static final String[] VERSION = {"anthropic-version", "2023-06-01", "anthropic-beta", "another-2026-01-01,named-for-tests-2026-01-01"};

    /** With members and white space that no translation would keep. */
    private static final String MESSAGE = "{\"type\": \"message\",  \"id\":\"msg_theirs\",\"content\":[{\"type\":\"text\",\"text\":\"Yes\",\"new\":null}], \"model\":\"theirs-1\","
            + "\"stop_reason\":\"end_turn\",\"unknown\":{\"a\":[1, 2]},\"usage\":{\"input_tokens\":3,\"output_tokens\":1,\"unknown\":1}}";
    private static final String STREAM = "event: message_start\r\ndata: {\"type\": \"message_start\", \"message\": {\"usage\": {\"input_tokens\": 3, \"output_tokens\": 0}}}\r\n\r\n"
            + "event: new\ndata: {\"type\": \"new\"}\n\n: comment\n\n"
            + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"Yes\"}}\n\n"
            + "event: message_delta\ndata: {\"type\":\"message_delta\",\"usage\":{\"output_tokens\":1}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    private TestGateway gateway;
    private RecordingEngine server;
    private TestUpstream upstream;

    @BeforeEach
    void start() {
        gateway = new TestGateway(SERVICE, SERVICE.bean(Gateway.class).port(), ModelPace.quick());
        server = new RecordingEngine();
        upstream = new TestUpstream(SERVICE, gateway).declare("INTERNAL");
    }

    @AfterEach
    void stop() {
        upstream.close();
        server.close();
        gateway.close();
    }

    private Reply messages(String body) {
        return gateway.sendHere(gateway.key, "POST", "/v1/messages", body, VERSION);
    }

    private String sent() {
        String last = server.asked().getLast();
        return last.substring(last.indexOf("\r\n\r\n") + 4);
    }

    private String hello(String named) {
        return TestGateway.HELLO.replace(TestGateway.CHAT, named);
    }

    @Test
    void aCallOfMessagesPassesAsItIsAndSoDoesItsAnswer() {
        upstream.anthropic(server.url());
        server.answers(RecordingEngine.answer("200 OK", "content-type: application/json\r\n", MESSAGE));
        String body = "{ \"unknown\" : {\"a\": [1, 2.50, \"\\u00e4\"]},\"model\": \"%s\", \"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}, \"max_tokens\" : 2000,\n"
                + " \"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"base64\",\"media_type\":\"application/pdf\",\"data\":\"AAAA\"}}]}] }";
        Reply reply = messages(body.formatted(upstream.model));
        assertThat(reply.status() + reply.http().body()).isEqualTo("200" + MESSAGE);
        assertThat(sent()).isEqualTo(body.formatted("theirs"));
        String head = server.asked().getFirst();
        assertThat(head).startsWith("POST /v1/messages HTTP/1.1\r\n").containsOnlyOnce(TestGateway.ENGINE_KEY)
                .contains("x-api-key: " + TestGateway.ENGINE_KEY, "anthropic-version: 2023-06-01").doesNotContain("authorization", gateway.key);
        assertThat(head.toLowerCase(Locale.ROOT)).as("but for what administrators named").contains("anthropic-beta: named-for-tests-2026-01-01\r\n").doesNotContain("another");
        assertThat(gateway.row(reply.call())).isEqualTo("200 counted 3 1");
        messages(body.replace("2000", "200000").formatted(upstream.model));
        assertThat(sent()).as("what is longer than the model says").isEqualTo(body.replace("2000", "4096").formatted("theirs"));
        server.answers(RecordingEngine.answer("200 OK", "content-type: text/event-stream\r\n", STREAM));
        Reply stream = messages(body.replace("\"unknown\"", "\"stream\":true,\"unknown\"").formatted(upstream.model));
        assertThat(stream.http().body()).isEqualTo(STREAM);
        assertThat(gateway.row(stream.call())).isEqualTo("200 counted 3 1");
    }

    @Test
    void aPictureInAChatIsShownAsMessagesHaveIt() {
        upstream.anthropic(server.url());
        server.answers(RecordingEngine.answer("200 OK", "content-type: application/json\r\n", MESSAGE));
        Reply reply = gateway.chat("{\"model\":\"" + upstream.model + "\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}]}]}");
        assertThat(reply.json().at("/choices/0/message/content").asString()).isEqualTo("Yes");
        JsonNode asked = JsonMapper.shared().readTree(sent());
        assertThat(asked.at("/messages/0/content/0/source").toString()).isEqualTo("{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"AAAA\"}");
        assertThat(asked.path("max_tokens").asLong()).as("which Messages demand").isEqualTo(4_096);
        assertThat(reply.header("x-penstock-max-tokens")).isEqualTo("4096");
    }

    @Test
    void whatItSaysOfARequestIsNotToldWhereItQuotesIt() {
        upstream.anthropic(server.url());
        server.answers(RecordingEngine.answer("400 Bad Request", "content-type: application/json\r\n",
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"top_k: Input should be a valid integer\"}}"));
        assertThat(gateway.chat(hello(upstream.model)).message()).isEqualTo("top_k: Input should be a valid integer");
        assertThat(messages(hello(upstream.model)).json().at("/error/message").asString()).isEqualTo("top_k: Input should be a valid integer");
        for (String quoted : List.of("the key " + TestGateway.ENGINE_KEY, "I read {\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"Hello there")) {
            server.answers(RecordingEngine.answer("400 Bad Request", "content-type: application/json\r\n", "{\"type\":\"error\",\"error\":{\"message\":\"" + quoted + "\"}}"));
            assertThat(messages(hello(upstream.model)).json().at("/error/message").asString()).contains("is not told");
        }
    }

    /** A stream where only a number was asked for would be a way to be paid for it. */
    @Test
    void whatIsOnlyCountedIsNeverStreamed() {
        upstream.anthropic(server.url());
        server.answers(RecordingEngine.answer("200 OK", "content-type: text/event-stream\r\n", STREAM));
        Reply reply = gateway.sendHere(gateway.key, "POST", "/v1/messages/count_tokens", hello(upstream.model).replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\""), VERSION);
        assertThat(reply.status()).isEqualTo(502);
        assertThat(server.asked().getFirst()).startsWith("POST /v1/messages/count_tokens ");
        assertThat(gateway.row(reply.call())).startsWith("502 ").endsWith(" 0 0");
    }

    @Test
    void aModelIsToldInItsOwnFieldHowLongItsAnswerMayBe() {
        upstream.openai(server.url(), ", \"limitField\": \"MAX_COMPLETION_TOKENS\"");
        assertThat(gateway.chat(hello(upstream.model)).status()).isEqualTo(200);
        assertThat(sent()).contains("\"max_completion_tokens\":20").doesNotContain("\"max_tokens\"");
        messages(hello(upstream.model));
        assertThat(sent()).contains("\"max_completion_tokens\":20").doesNotContain("\"max_tokens\"");
        upstream.openai(server.url(), "");
        gateway.chat(hello(upstream.model).replace("max_tokens", "max_completion_tokens"));
        assertThat(sent()).contains("\"max_tokens\":20").doesNotContain("max_completion_tokens");
    }

    @Test
    void aModelMayBeGivenLessThanItsUpstream() {
        upstream.openai(server.url(), ", \"takes\": \"PUBLIC\"");
        Reply reply = gateway.chat(hello(upstream.model));
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.message()).isEqualTo(gateway.chat(hello("no-such-model")).message().replace("no-such-model", upstream.model));
        assertThat(models()).doesNotContain(upstream.model);
        upstream.alias(TestGateway.CHAT, upstream.model);
        gateway.chat.close();
        assertThat(gateway.chat(hello(upstream.name)).status()).isEqualTo(503);
        assertThat(server.asked()).isEmpty();
        upstream.declare("PUBLIC");
        assertThat(models()).contains(upstream.model);
        assertThat(gateway.chat(hello(upstream.model)).status()).isEqualTo(200);
    }

    private List<String> models() {
        return gateway.sendHere(gateway.key, "GET", "/v1/models", null).json().path("data").findValuesAsString("id");
    }

    /** The first attempt is under way when the second one's model is made one for public data alone; and when it is taken away. */
    @Test
    void aRetryAsksAgainWhatTheModelMayBeGiven() throws IOException {
        for (String now : List.of(", \"takes\": \"PUBLIC\"", "")) {
            upstream.openai(server.url(), "");
            try (SimModelServer slow = TestGateway.engine(EngineSettings.of("served-slow"), new ModelPace(Duration.ZERO, Duration.ofHours(1), Duration.ofMillis(1)))) {
                gateway.publish(new EndpointId(UUID.randomUUID()), 1, "vision/slow" + now.length(), false, slow.url(), "served-slow", "CHAT").is(200);
                upstream.alias("vision/slow" + now.length(), upstream.model);
                try (Socket socket = gateway.open(hello(upstream.name), 10_000)) {
                    await().atMost(Duration.ofSeconds(20)).until(() -> slow.log().running() == 1);
                    if (now.isEmpty()) {
                        upstream.close();
                    } else {
                        upstream.openai(server.url(), now);
                    }
                    slow.close();
                    assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)).isIn("HTTP/1.1 502", "HTTP/1.1 503");
                }
            }
        }
        assertThat(server.asked()).isEmpty();
    }
}
