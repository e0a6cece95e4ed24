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
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A model that is served outside of the house: who may call it, what goes there, what never does, and the receipt. */
class UpstreamTest {

    private static final RunningService SERVICE = RunningService.priced();

    private final String name = "up-" + UUID.randomUUID();
    private final String model = name + "/chat";
    private TestGateway gateway;
    private RecordingEngine server;
    private int version;
    private int declared;
    private boolean hasAlias;

    @BeforeEach
    void start() {
        gateway = new TestGateway(SERVICE, SERVICE.bean(Gateway.class).port(), ModelPace.quick());
        server = new RecordingEngine();
        make(server.url() + "/openai/v1", "INTERNAL", 10);
        declare("INTERNAL");
    }

    @AfterEach
    void stop() {
        if (hasAlias) {
            SERVICE.send(SERVICE.admin(), "PUT", "/api/aliases/" + name + "/2", "{\"strategy\": \"WEIGHTED\", \"targets\": []}").is(200);
        }
        version++;
        SERVICE.send(SERVICE.admin(), "PUT", "/api/upstreams/" + name + "/" + version, spec(server.url(), "PUBLIC", 1, "")).is(200);
        server.close();
        gateway.close();
    }

    private static String spec(String address, String takes, int most, String models) {
        return "{\"address\": \"%s\", \"providerKey\": \"%s\", \"takes\": \"%s\", \"mostUnderWay\": %d, \"models\": [%s]}"
                .formatted(address, TestGateway.ENGINE_KEY, takes, most, models);
    }

    private void make(String address, String takes, int most) {
        version++;
        SERVICE.send(SERVICE.admin(), "PUT", "/api/upstreams/" + name + "/" + version, spec(address, takes, most, """
                {"name": "%s", "servedModel": "theirs", "tasks": ["CHAT"], "contextTokens": 32768, "maxOutputTokens": 4096, "maxTokensPerByte": 1, "sku": "%s"}"""
                .formatted(model, RunningService.SKU))).is(200);
    }

    private void declare(String dataClass) {
        declared++;
        SERVICE.send(SERVICE.admin(), "PUT", "/api/tenants/" + gateway.tenant.id() + "/projects/" + gateway.tenant.project() + "/data-class/" + declared,
                "{\"dataClass\": \"" + dataClass + "\", \"reason\": \"for a test\"}").is(200);
    }

    private void alias(String... targets) {
        hasAlias = true;
        SERVICE.send(SERVICE.admin(), "PUT", "/api/aliases/" + name + "/1", "{\"strategy\": \"WEIGHTED\", \"targets\": [" + String.join(",", targets) + "]}").is(200);
    }

    private static String target(String model, int tier) {
        return "{\"model\": \"%s\", \"tier\": %d, \"weight\": 1}".formatted(model, tier);
    }

    private Reply call(String named) {
        return gateway.chat(TestGateway.HELLO.replace(TestGateway.CHAT, named));
    }

    private JsonNode receipt(Reply reply) {
        gateway.row(reply.call());
        List<JsonNode> left = SERVICE.send(SERVICE.admin(), "GET", "/api/usage/calls?egress=true&tenant=" + gateway.tenant.id()
                        + "&from=" + Instant.now().minusSeconds(3_600) + "&to=" + Instant.now().plusSeconds(3_600), null).is(200)
                .body().path("calls").valueStream().filter(row -> row.path("call").asString().equals(reply.call())).toList();
        assertThat(left).hasSize(1);
        return left.getFirst();
    }

    @Test
    void whatGoesThereIsTheCallAndTheProvidersKeyAndNothingOfOurs() {
        Reply reply = call(model);
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        String asked = server.asked().getFirst();
        assertThat(asked).startsWith("POST /openai/v1/chat/completions HTTP/1.1\r\n").contains("\"model\":\"theirs\"").containsOnlyOnce(TestGateway.ENGINE_KEY)
                .doesNotContain(gateway.key).doesNotContain(gateway.tenant.id().toString()).doesNotContain(gateway.tenant.project().toString());
        assertThat(asked.substring(0, asked.indexOf("\r\n\r\n")).lines().skip(1).map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT)))
                .containsExactlyInAnyOrder("content-type", "accept", "authorization", "x-request-id", "host", "content-length");
    }

    @Test
    void itLeavesAReceipt() {
        Reply reply = call(model);
        JsonNode receipt = receipt(reply);
        assertThat(receipt.path("egress").toString()).isEqualTo(
                "{\"upstream\":\"%s\",\"version\":1,\"dataClass\":\"INTERNAL\",\"askedAs\":\"model %s\"}".formatted(name, model));
        assertThat(receipt.path("input").asInt() + " " + receipt.path("output").asInt()).isEqualTo("3 1");
        assertThat(receipt.path("cost").path("picoUnits").asLong()).isEqualTo(3 * RunningService.INPUT_PRICE + RunningService.OUTPUT_PRICE);
        Reply own = gateway.chat(TestGateway.HELLO);
        gateway.row(own.call());
        assertThat(own.header("x-penstock-upstream")).isEmpty();
        assertThat(SERVICE.column("select upstream from quota.usage where call_id = '" + own.call() + "'")).containsExactly("0");
    }

    @Test
    void withoutADeclaredClassItDoesNotExist() {
        try (TestGateway undeclared = new TestGateway(SERVICE, SERVICE.bean(Gateway.class).port(), ModelPace.quick())) {
            Reply reply = undeclared.chat(TestGateway.HELLO.replace(TestGateway.CHAT, model));
            Reply unknown = undeclared.chat(TestGateway.HELLO.replace(TestGateway.CHAT, "no-such-model"));
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.message()).isEqualTo(unknown.message().replace("no-such-model", model));
            assertThat(models(undeclared)).doesNotContain(model);
        }
        assertThat(models(gateway)).contains(model);
        assertThat(server.asked()).isEmpty();
    }

    private static List<String> models(TestGateway of) {
        return of.sendHere(of.key, "GET", "/v1/models", null).json().path("data").findValuesAsString("id");
    }

    @Test
    void whatIsMoreConfidentialThanItTakesNeverLeavesWhateverFails() {
        declare("CONFIDENTIAL");
        assertThat(call(model).status()).isEqualTo(404);
        alias(target(TestGateway.CHAT, 0), target(model, 1));
        gateway.chat.close();
        for (int again = 0; again < 4; again++) {
            Reply reply = call(name);
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("x-penstock-attempts")).isEmpty();
        }
        assertThat(server.asked()).isEmpty();
        make(server.url(), "CONFIDENTIAL", 10);
        assertThat(call(name).status()).as("it may take it now").isEqualTo(200);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void anAliasLeavesTheHouseWhereItMayAndTheReceiptSaysSo() {
        alias(target(TestGateway.CHAT, 0), target(model, 1));
        gateway.chat.close();
        Reply reply = call(name);
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        assertThat(reply.header("x-penstock-model") + " " + reply.header("x-penstock-upstream")).isEqualTo(model + " " + name);
        await().atMost(Duration.ofSeconds(10)).until(() -> gateway.rows(reply.call()).size() == 2);
        JsonNode receipt = receipt(reply);
        assertThat(receipt.path("attempt").asInt()).isEqualTo(1);
        assertThat(receipt.path("egress").path("askedAs").asString()).isEqualTo("alias " + name + ", tier 1");
    }

    /** The first attempt is under way when the data are declared to be more than the upstream may have. */
    @Test
    void aRetryAsksAgainWhetherItMayLeave() throws IOException {
        try (SimModelServer slow = TestGateway.engine(EngineSettings.of("served-slow"), new ModelPace(Duration.ZERO, Duration.ofHours(1), Duration.ofMillis(1)))) {
            gateway.publish(new EndpointId(UUID.randomUUID()), 1, "vision/slow", false, slow.url(), "served-slow", "CHAT").is(200);
            alias(target("vision/slow", 0), target(model, 1));
            try (Socket socket = gateway.open(TestGateway.HELLO.replace(TestGateway.CHAT, name), 10_000)) {
                await().atMost(Duration.ofSeconds(20)).until(() -> slow.log().running() == 1);
                declare("RESTRICTED");
                slow.close();
                assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)).isIn("HTTP/1.1 502", "HTTP/1.1 503");
            }
        }
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void itHasNoMoreCallsAtOnceThanItMay() throws IOException {
        try (SimModelServer slow = TestGateway.engine(EngineSettings.of("theirs"), new ModelPace(Duration.ZERO, Duration.ofHours(1), Duration.ofMillis(1)))) {
            make(slow.url(), "INTERNAL", 1);
            try (Socket socket = gateway.open(TestGateway.HELLO.replace(TestGateway.CHAT, model), 10_000)) {
                await().atMost(Duration.ofSeconds(20)).until(() -> slow.log().running() == 1);
                Reply second = call(model);
                assertThat(second.status() + " " + second.code()).isEqualTo("503 model_overloaded");
                assertThat(second.header("retry-after")).isEqualTo("1");
                assertThat(socket.isConnected()).isTrue();
            }
        }
        make(server.url(), "INTERNAL", 1);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(call(model).status()).as("the slot is free again").isEqualTo(200));
        assertThat(call(model).status()).as("and again").isEqualTo(200);
    }

    @Test
    void aRedirectIsNotFollowedAndAKeyIsNotRepeated() {
        server.answers(RecordingEngine.answer("302 Found", "location: " + gateway.chat.url() + "/v1/chat/completions\r\n", ""));
        assertThat(call(model).status()).isEqualTo(502);
        assertThat(gateway.chat.log().entries()).isEmpty();
        server.answers(RecordingEngine.answer("400 Bad Request", "content-type: application/json\r\nset-cookie: a=b\r\n",
                "{\"error\":{\"message\":\"The key " + TestGateway.ENGINE_KEY + " may not do this\"}}"));
        Reply refused = call(model);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.http().body()).contains("does not accept this request").doesNotContain(TestGateway.ENGINE_KEY);
        assertThat(refused.header("set-cookie")).isEmpty();
        server.answers(RecordingEngine.answer("401 Unauthorized", "content-type: application/json\r\n", "{\"error\":{\"message\":\"Incorrect API key: " + TestGateway.ENGINE_KEY + "\"}}"));
        Reply wrong = call(model);
        assertThat(wrong.status()).isEqualTo(502);
        assertThat(wrong.http().body()).doesNotContain(TestGateway.ENGINE_KEY);
    }

    @Test
    void whoCannotBeReachedIsSaidSo() {
        make("http://127.0.0.1:1/v1", "INTERNAL", 10);
        Reply reply = call(model);
        assertThat(reply.status() + " " + reply.code()).isEqualTo("503 model_not_ready");
        SERVICE.execute("update quota.upstream_key set sealed = sealed || '\\x00' where upstream = '" + name + "'");
        make("http://127.0.0.1:1/v2", "INTERNAL", 10, "null");
        Reply unreadable = call(model);
        assertThat(unreadable.status() + " " + unreadable.code()).as("a key that was changed opens nothing").isEqualTo("503 model_not_ready");
    }

    private void make(String address, String takes, int most, String key) {
        version++;
        SERVICE.send(SERVICE.admin(), "PUT", "/api/upstreams/" + name + "/" + version, spec(address, takes, most, """
                {"name": "%s", "servedModel": "theirs", "tasks": ["CHAT"], "contextTokens": 32768, "maxOutputTokens": 4096, "sku": "%s"}""".formatted(model, RunningService.SKU))
                .replace("\"" + TestGateway.ENGINE_KEY + "\"", key)).is(200);
    }
}
