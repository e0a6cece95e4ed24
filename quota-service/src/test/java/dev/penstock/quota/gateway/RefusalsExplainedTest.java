package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.ModelPace;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Whoever was refused finds out why by the id in the answer; nobody else does, and nobody fills the disk with it. */
class RefusalsExplainedTest {

    private static final RunningService SERVICE = RunningService.get();

    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = new TestGateway(ModelPace.quick());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private String limit(String meter, String window, long amount) {
        String id = UUID.randomUUID().toString();
        SERVICE.send(SERVICE.admin(), "PUT", "/api/tenants/" + gateway.tenant.id() + "/limits/" + id, """
                {"project": null, "meter": "%s", "window": "%s", "amount": %d, "reason": "for a test"}""".formatted(meter, window, amount)).is(200);
        return id;
    }

    private JsonNode explained(Reply refused) {
        assertThat(refused.header("x-penstock-decision")).isEqualTo(refused.call());
        return await().atMost(Duration.ofSeconds(10)).until(() -> SERVICE.send(gateway.member(), "GET", "/api/refusals/" + refused.call(), null), answer -> answer.status() == 200).body();
    }

    @Test
    void aLimitIsToldWithItsNumbersAndWhoseItIs() {
        String limit = limit("TOKENS", "MONTH", 10);
        Reply refused = gateway.chat(TestGateway.HELLO);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().path("error").path("request_id").asString()).isEqualTo(refused.call());

        JsonNode why = explained(refused);
        assertThat(why.path("status").asInt()).isEqualTo(429);
        assertThat(why.path("code").asString()).isEqualTo("insufficient_quota");
        assertThat(why.path("model").asString()).isEqualTo(TestGateway.CHAT);
        assertThat(why.path("operation").asString()).isEqualTo("chat");
        assertThat(why.path("message").asString()).isEqualTo(refused.json().path("error").path("message").asString());
        JsonNode rule = why.path("rule");
        assertThat(rule.path("limit").asString()).isEqualTo(limit);
        assertThat(rule.path("level").asString()).isEqualTo("tenant");
        assertThat(rule.path("amount").asString()).isEqualTo("10");
        assertThat(rule.path("used").asString()).isEqualTo("0");
        assertThat(rule.path("asked").asLong()).isGreaterThan(10);
        assertThat(rule.path("waiting").asString()).isEqualTo("NEVER");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | model_not_found | {"model":"vision/nowhere","messages":[{"role":"user","content":"x"}]}
            403 | operation_not_allowed | {"model":"vision/chat","messages":[{"role":"user","content":"x"}]}
            """)
    void whatIsNoLimitIsToldAsWell(int status, String code, String body) {
        String key = status == 403
                ? SERVICE.send(gateway.member(), "PUT", gateway.keyPath(UUID.randomUUID()), "{\"name\": \"narrow\", \"operations\": [\"EMBEDDINGS\"]}").is(200).body().path("secret").asString()
                : gateway.key;
        JsonNode why = explained(TestGateway.send(key, "POST", "/v1/chat/completions", body));
        assertThat(why.path("status").asInt()).isEqualTo(status);
        assertThat(why.path("code").asString()).isEqualTo(code);
        assertThat(why.path("rule").isNull()).isTrue();
    }

    @Test
    void whatTheModelsServerSaidIsNotKept() {
        gateway.chat.close();
        Reply refused = gateway.chat(TestGateway.HELLO);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(explained(refused).path("message").isNull()).isTrue();
    }

    @Test
    void aKeyWhereAModelBelongsIsKeptNowhere() {
        Reply refused = gateway.chat(TestGateway.HELLO.replace(TestGateway.CHAT, gateway.key));
        JsonNode why = explained(refused);
        assertThat(why.path("model").isNull()).isTrue();
        assertThat(SERVICE.column("select r::text from quota.refusal r where tenant_id = '%s'".formatted(gateway.tenant.id()))).noneMatch(row -> row.contains(gateway.key));
    }

    @Test
    void anotherTenantsIsLikeNone() {
        Reply refused = gateway.chat(TestGateway.HELLO.replace(TestGateway.CHAT, "vision/nowhere"));
        explained(refused);
        try (TestGateway other = new TestGateway(ModelPace.quick())) {
            String theirs = SERVICE.send(other.member(), "GET", "/api/refusals/" + refused.call(), null).isProblem(404, "not_found").detail();
            String nobodys = SERVICE.send(other.member(), "GET", "/api/refusals/" + UUID.randomUUID(), null).isProblem(404, "not_found").detail();
            assertThat(theirs).isEqualTo(nobodys);
        }
        assertThat(SERVICE.send(SERVICE.admin(), "GET", "/api/refusals/" + refused.call(), null).status()).isEqualTo(200);
    }

    /** All are counted, and two hundred of them kept. */
    @Test
    void manyAreCountedAndFewAreKept() {
        String body = TestGateway.HELLO.replace(TestGateway.CHAT, "vision/nowhere");
        IntStream.range(0, 260).parallel().forEach(i -> gateway.chat(body));
        String path = "/api/tenants/" + gateway.tenant.id() + "/projects/" + gateway.tenant.project() + "/refusals";
        JsonNode page = await().atMost(Duration.ofSeconds(10)).until(
                () -> SERVICE.send(gateway.member(), "GET", path, null).is(200).body(), told -> told.path("counted").get(0) != null && told.path("counted").get(0).path("refused").asInt() == 260);
        assertThat(SERVICE.column("select count(*) from quota.refusal where tenant_id = '%s'".formatted(gateway.tenant.id()))).containsExactly("200");
        assertThat(page.path("rows")).hasSize(100);
        assertThat(page.path("more").asBoolean()).isTrue();
        List<String> first = page.path("rows").findValuesAsString("call");
        List<String> next = SERVICE.send(gateway.member(), "GET", path + "?before=" + first.getLast(), null).is(200).body().path("rows").findValuesAsString("call");
        assertThat(next).hasSize(100).doesNotContainAnyElementsOf(first);
    }

    /** Who is not recognised belongs to nobody, and leaves nothing. */
    @Test
    void strangersAreNotTakenDown() {
        String before = SERVICE.column("select count(*) from quota.refusal").getFirst();
        Reply stranger = TestGateway.send("psk_nobody_nothing", "POST", "/v1/chat/completions", TestGateway.HELLO);
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.header("x-penstock-decision")).isEqualTo(stranger.call());
        assertThat(SERVICE.column("select count(*) from quota.refusal")).containsExactly(before);
    }
}
