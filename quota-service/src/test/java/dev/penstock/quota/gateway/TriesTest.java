package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.EndpointId;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.EngineSettings;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.SimModelServer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is said of a call that is not made is what happens to the same call when it is made. */
class TriesTest {

    private static final RunningService SERVICE = RunningService.get();

    private final String alias = "alias-" + UUID.randomUUID();
    private TestGateway gateway;
    private SimModelServer spare;

    @BeforeEach
    void start() {
        gateway = new TestGateway(ModelPace.quick());
        spare = TestGateway.engine(EngineSettings.of("served-spare"), ModelPace.quick());
        gateway.publish(new EndpointId(UUID.randomUUID()), 1, "vision/spare", false, spare.url(), "served-spare", "CHAT").is(200);
        alias(1, """
                {"model": "%s", "tier": 0, "weight": 3}, {"model": "vision/spare", "tier": 0, "weight": 1}, {"model": "%s", "tier": 1, "weight": 1}"""
                .formatted(TestGateway.CHAT, TestGateway.EMBED));
    }

    @AfterEach
    void stop() {
        alias(2, "");
        gateway.close();
        spare.close();
    }

    private void alias(int version, String targets) {
        SERVICE.send(SERVICE.admin(), "PUT", "/api/aliases/" + alias + "/" + version, "{\"strategy\": \"WEIGHTED\", \"targets\": [" + targets + "]}").is(200);
    }

    private JsonNode decide(String operation, @Nullable String key, String body) {
        ObjectNode call = JsonMapper.shared().createObjectNode().put("operation", operation).put("body", body).put("key", key);
        call.putObject("headers");
        return SERVICE.send(gateway.member(), "POST", path(), call.toString()).is(200).body();
    }

    private String path() {
        return "/api/tenants/" + gateway.tenant.id() + "/projects/" + gateway.tenant.project() + "/tries";
    }

    @Test
    void eachTargetIsToldWithItsShareOrWhyItIsNotAsked() {
        JsonNode decision = decide("CHAT", null, TestGateway.HELLO.replace(TestGateway.CHAT, alias));

        assertThat(decision.path("refused").isNull()).isTrue();
        assertThat(decision.path("alias").asString()).isEqualTo(alias);
        assertThat(decision.path("targets").findValuesAsString("model")).containsExactly(TestGateway.CHAT, "vision/spare", TestGateway.EMBED);
        assertThat(decision.path("targets").findValuesAsString("percent")).containsExactly("75", "25", "0");
        assertThat(decision.path("targets").get(2).path("refused").path("status").asInt()).isEqualTo(400);
        assertThat(decision.path("outputTokens").asInt()).isEqualTo(20);
    }

    /** As the call itself finds out only when it comes to that target. */
    @Test
    void aTargetThatCannotBeToldTheCallSaysSo() {
        try (TestUpstream elsewhere = new TestUpstream(SERVICE, gateway).anthropic(spare.url()).declare("PUBLIC")) {
            elsewhere.alias(elsewhere.model, TestGateway.CHAT);
            JsonNode decision = decide("CHAT", null, TestGateway.HELLO.replace(TestGateway.CHAT, elsewhere.name).replaceFirst("\\{", "{\"n\":2,"));
            assertThat(decision.path("targets").get(0).path("refused").path("message").asString()).as(decision.toString()).startsWith("`n` may be 1 at most");
            assertThat(decision.path("targets").get(1).path("percent").asInt()).isEqualTo(100);
            assertThat(decide("CHAT", null, TestGateway.HELLO.replace(TestGateway.CHAT, elsewhere.name)).path("targets").get(0).path("percent").asInt()).isEqualTo(100);
        }
    }

    @Test
    void nothingIsForwardedSetAsideOrBooked() {
        limit("TOKENS", "MONTH", 1_000_000);
        JsonNode decision = decide("CHAT", null, TestGateway.HELLO);
        JsonNode limit = decision.path("limits").get(0);
        assertThat(limit.path("fits").asString()).isEqualTo("YES");
        assertThat(limit.path("used").asString()).isEqualTo("0");
        assertThat(limit.path("asked").asLong()).isEqualTo(decision.path("inputTokens").asLong() + decision.path("outputTokens").asLong());

        assertThat(gateway.chat.log().entries()).isEmpty();
        assertThat(gateway.calls()).isEmpty();
        assertThat(gateway.open()).isZero();
        assertThat(decide("CHAT", null, TestGateway.HELLO).path("limits").get(0).path("setAside").asString()).isEqualTo("0");
    }

    /** The same call, tried and made. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CHAT       | /v1/chat/completions | {"model":"vision/nowhere","messages":[{"role":"user","content":"x"}]}
            CHAT       | /v1/chat/completions | {"model":"vision/embed","messages":[{"role":"user","content":"x"}]}
            CHAT       | /v1/chat/completions | {"model":"vision/chat","messages":
            CHAT       | /v1/chat/completions | {"model":"vision/chat","messages":[{"role":"user","content":"x"}],"max_tokens":2000}
            EMBEDDINGS | /v1/embeddings       | {"model":"vision/chat","input":"x"}
            MESSAGES   | /v1/messages         | {"model":"vision/chat","max_tokens":2000,"messages":[{"role":"user","content":"x"}]}
            RESPONSES  | /v1/responses        | {"model":"vision/chat","input":"x","previous_response_id":"y"}
            """)
    void aRefusalIsTheOneThatTheCallGets(String operation, String path, String body) {
        limit("TOKENS", "DAY", 1_000);
        JsonNode refused = decide(operation, null, body).path("refused");
        Reply made = TestGateway.send(gateway.member(), "POST", path, body, "x-penstock-project", gateway.tenant.project().toString());

        assertThat(refused.path("status").asInt()).isEqualTo(made.status());
        JsonNode error = made.json().path("error");
        assertThat(refused.path("message").asString()).isEqualTo(error.path("message").asString());
        assertThat(refused.path("code").isNull() ? "" : refused.path("code").asString()).isEqualTo(operation.equals("MESSAGES") ? refused.path("code").asString() : error.path("code").asString(""));
    }

    @Test
    void aKeyIsTriedWithoutItsSecretAndAnothersIsNone() {
        UUID key = UUID.randomUUID();
        SERVICE.send(gateway.member(), "PUT", gateway.keyPath(key), "{\"name\": \"narrow\", \"models\": [\"vision/spare\"], \"operations\": [\"EMBEDDINGS\"]}").is(200);
        assertThat(decide("CHAT", key.toString(), TestGateway.HELLO).path("refused").path("code").asString()).isEqualTo("operation_not_allowed");
        assertThat(decide("EMBEDDINGS", key.toString(), "{\"model\":\"vision/embed\",\"input\":\"x\"}").path("refused").path("status").asInt()).isEqualTo(404);
        try (TestGateway other = new TestGateway(ModelPace.quick())) {
            String call = "{\"operation\": \"CHAT\", \"key\": \"%s\", \"body\": \"{}\", \"headers\": {}}".formatted(key);
            SERVICE.send(other.member(), "POST", path().replace(gateway.tenant.id().toString(), other.tenant.id().toString())
                    .replace(gateway.tenant.project().toString(), other.tenant.project().toString()), call).isProblem(404, "not_found");
        }
    }

    @Test
    void aKeyWhereAModelBelongsIsNotToldAgain() {
        JsonNode decision = decide("CHAT", null, TestGateway.HELLO.replace(TestGateway.CHAT, gateway.key));
        assertThat(decision.path("asked").asString()).isEqualTo("psk_…");
        assertThat(decision.toString()).doesNotContain(gateway.key);
    }

    @Test
    void whatCannotBeTriedIsAProblem() {
        SERVICE.send(gateway.member(), "POST", path(), "{\"operation\": \"MODELS\", \"body\": \"{}\", \"headers\": {}}").isProblem(400, "invalid_input");
        SERVICE.send(gateway.member(), "POST", path(), "{\"operation\": \"CHAT\", \"body\": \"\", \"headers\": {}}").isProblem(400, "invalid_input");
    }

    private void limit(String meter, String window, long amount) {
        SERVICE.send(SERVICE.admin(), "PUT", "/api/tenants/" + gateway.tenant.id() + "/limits/" + UUID.randomUUID(), """
                {"project": null, "meter": "%s", "window": "%s", "amount": %d, "reason": "for a test"}""".formatted(meter, window, amount)).is(200);
    }
}
