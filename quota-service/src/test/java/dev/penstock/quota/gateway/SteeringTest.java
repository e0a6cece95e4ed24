package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.EndpointId;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.EngineSettings;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.SimModelServer;
import dev.penstock.simulators.model.fault.ModelFault;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Calls that a project wants answered by another model. */
class SteeringTest {

    private static final RunningService SERVICE = RunningService.get();
    private static final String SMALL = "vision/small";

    private TestGateway gateway;
    private SimModelServer small;
    private int version;

    @BeforeEach
    void start() {
        gateway = new TestGateway(ModelPace.quick());
        small = TestGateway.engine(EngineSettings.of("served-small"), ModelPace.quick());
        gateway.publish(new EndpointId(UUID.randomUUID()), 1, SMALL, false, small.url(), "served-small", "CHAT").is(200);
    }

    @AfterEach
    void stop() {
        gateway.close();
        small.close();
    }

    private String path() {
        return "/api/tenants/" + gateway.tenant.id() + "/projects/" + gateway.tenant.project() + "/steering/";
    }

    private void policy(String rules, String ladder) {
        version++;
        SERVICE.send(SERVICE.admin(), "PUT", path() + version, "{\"rules\": [%s], \"ladder\": %s, \"reason\": \"for a test\"}".formatted(rules, ladder)).is(200);
    }

    private static String rule(String asked, String purposes, String prompt, String complexity, String use) {
        return "{\"asked\": [%s], \"purposes\": [%s], \"mostPromptTokens\": %s, \"mostComplexity\": %s, \"use\": \"%s\"}".formatted(asked, purposes, prompt, complexity, use);
    }

    private Reply post(String path, String body, String... headers) {
        return TestGateway.send(gateway.key, "POST", path, body, headers);
    }

    private Reply chat(String... headers) {
        return post("/v1/chat/completions", TestGateway.HELLO, headers);
    }

    private String booked(Reply reply) {
        return await().atMost(Duration.ofSeconds(10)).until(() -> SERVICE.column("""
                select concat_ws('|', m.model, m.asked, m.why) from quota.usage u join quota.usage_model m on m.tenant_id = u.tenant_id and m.id = u.model
                 where u.tenant_id = '%s' and u.call_id = '%s'""".formatted(gateway.tenant.id(), reply.call())), rows -> rows.size() == 1).getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/chat/completions | {"model":"vision/chat","messages":[{"role":"user","content":"Hello"}],"max_tokens":5}
            /v1/chat/completions | {"model":"vision/chat","messages":[{"role":"user","content":"Hello"}],"max_tokens":5,"stream":true}
            /v1/completions      | {"model":"vision/chat","prompt":"Hello","max_tokens":5}
            /v1/messages         | {"model":"vision/chat","messages":[{"role":"user","content":"Hello"}],"max_tokens":5}
            /v1/responses        | {"model":"vision/chat","input":"Hello","max_output_tokens":16}
            """)
    void aShortPromptIsAnsweredByTheSmallModelAndSaysSo(String path, String body) {
        policy(rule("\"vision/chat\"", "", "200", "null", SMALL), "null");
        Reply reply = post(path, body);

        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        assertThat(reply.header("x-penstock-model")).isEqualTo(SMALL);
        assertThat(reply.header("x-penstock-steered")).isEqualTo("policy 1, rule 1: prompt up to 200 tokens");
        assertThat(small.log().entries(reply.call())).hasSize(1);
        assertThat(booked(reply)).isEqualTo("vision/small|vision/chat|policy 1, rule 1: prompt up to 200 tokens");
    }

    @Test
    void thePurposeOfTheCallGoesBeforeItsKeys() {
        policy(rule("", "\"batch\"", "null", "null", SMALL), "null");
        UUID key = UUID.randomUUID();
        String secret = SERVICE.send(gateway.member(), "PUT", gateway.keyPath(key), "{\"name\": \"nightly\", \"purpose\": \"Batch\"}").is(200).body().path("secret").asString();

        assertThat(chat().header("x-penstock-model")).isEqualTo(TestGateway.CHAT);
        assertThat(chat("x-penstock-purpose", "batch").header("x-penstock-model")).isEqualTo(SMALL);
        assertThat(TestGateway.send(secret, "POST", "/v1/chat/completions", TestGateway.HELLO).header("x-penstock-model")).isEqualTo(SMALL);
        assertThat(TestGateway.send(secret, "POST", "/v1/chat/completions", TestGateway.HELLO, "x-penstock-purpose", "live").header("x-penstock-model"))
                .isEqualTo(TestGateway.CHAT);
        assertThat(chat("x-penstock-purpose", "batch", "x-penstock-steering", "off").header("x-penstock-model")).isEqualTo(TestGateway.CHAT);
    }

    @Test
    void whatIsComplexStaysWithTheLargeModel() {
        policy(rule("", "", "null", "1", SMALL), "null");
        assertThat(chat().header("x-penstock-steered")).isEqualTo("policy 1, rule 1: complexity 0 of 1");
        String hard = TestGateway.HELLO.replace("Hello there", "Compare both proofs step by step and explain why the theorem holds: ```x```");
        assertThat(post("/v1/chat/completions", hard).header("x-penstock-model")).isEqualTo(TestGateway.CHAT);
    }

    /** Whatever keeps the other model from answering, the call is answered as it asked. */
    @Test
    void aRuleThatCannotBeKeptIsPassedOver() {
        policy(String.join(",", rule("", "", "null", "null", "vision/nowhere"), rule("", "", "null", "null", TestGateway.EMBED)), "null");
        Reply reply = chat();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-penstock-model")).isEqualTo(TestGateway.CHAT);
        assertThat(reply.header("x-penstock-steered")).isEmpty();

        policy(rule("", "", "null", "null", SMALL), "null");
        String narrow = gateway.makeKey("narrow", "[\"vision/chat\"]");
        assertThat(TestGateway.send(narrow, "POST", "/v1/chat/completions", TestGateway.HELLO).header("x-penstock-model")).as("a key that may call one model").isEqualTo(TestGateway.CHAT);
    }

    /** The other model fails before anything was heard of it: the call is answered as it asked, and pays for that alone. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereTheOtherModelFailsWhatWasAskedAnswers(boolean stream) {
        policy(rule("", "", "null", "null", SMALL), "null");
        small.faults().add(new ModelFault.Answer(500, 0));
        Reply reply = post("/v1/chat/completions", stream ? TestGateway.HELLO.replaceFirst("\\{", "{\"stream\":true,") : TestGateway.HELLO);

        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        assertThat(reply.header("x-penstock-model")).isEqualTo(TestGateway.CHAT);
        assertThat(reply.header("x-penstock-steered")).isEmpty();
        assertThat(reply.header("x-penstock-attempts")).isEqualTo("2");
        assertThat(await().atMost(Duration.ofSeconds(10)).until(() -> SERVICE.column("""
                        select concat_ws(' ', u.attempt, u.status, m.model, m.asked, u.output > 0) from quota.usage u join quota.usage_model m on m.tenant_id = u.tenant_id and m.id = u.model
                         where u.tenant_id = '%s' and u.call_id = '%s' order by u.attempt""".formatted(gateway.tenant.id(), reply.call())), rows -> rows.size() == 2))
                .containsExactly("0 502 vision/small vision/chat f", "1 200 vision/chat t");

        gateway.chat.faults().add(new ModelFault.Answer(500, 0));
        assertThat(post("/v1/chat/completions", TestGateway.HELLO).status()).as("both fail").isEqualTo(502);
    }

    @Test
    void embeddingsAndUnknownNamesAreNotSteered() {
        policy(rule("", "", "null", "null", SMALL), "null");
        assertThat(post("/v1/embeddings", "{\"model\":\"vision/embed\",\"input\":\"x\"}").header("x-penstock-model")).isEqualTo(TestGateway.EMBED);
        Reply unknown = post("/v1/chat/completions", TestGateway.HELLO.replace(TestGateway.CHAT, "vision/nowhere"));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(SERVICE.column("select count(*) from quota.usage_model where tenant_id = '%s' and asked is not null".formatted(gateway.tenant.id()))).containsExactly("0");
    }

    @Test
    void whatWasSavedAndWhatWouldHaveBeenIsTold() {
        policy(rule("\"vision/chat\"", "", "200", "null", SMALL), "null");
        booked(chat());
        policy("", "null");
        booked(chat());
        Instant now = Instant.now();
        JsonNode savings = SERVICE.send(gateway.member(), "GET", path() + "savings?from=" + now.minusSeconds(7_200) + "&to=" + now.plusSeconds(7_200), null).is(200).body();
        assertThat(savings.path("lines")).hasSize(1);
        JsonNode line = savings.path("lines").get(0);
        assertThat(line.path("asked").asString()).isEqualTo(TestGateway.CHAT);
        assertThat(line.path("model").asString()).isEqualTo(SMALL);
        assertThat(line.path("attempts").asLong()).isEqualTo(1);
        assertThat(line.path("instead").isNull()).as("its endpoints are the project's own, paid by their slices").isTrue();

        JsonNode replay = SERVICE.send(gateway.member(), "POST", path() + "replay",
                "{\"days\": 7, \"rules\": [%s, %s]}".formatted(rule("", "", "1", "null", SMALL), rule("\"vision/chat\"", "", "1000", "null", SMALL))).is(200).body();
        assertThat(replay.path("calls").asLong()).isEqualTo(2);
        assertThat(replay.path("lines")).hasSize(1);
        assertThat(replay.path("lines").get(0).path("rule").asInt()).isEqualTo(2);
        assertThat(replay.path("lines").get(0).path("calls").asLong()).isEqualTo(2);
    }

    /** At a tenth of the price the same tokens save nine tenths, to the last digit. */
    @Test
    void savingsAreTheSameTokensAtThePriceOfWhatWasAsked() {
        EndpointId large = new EndpointId(UUID.randomUUID());
        EndpointId cheap = new EndpointId(UUID.randomUUID());
        gateway.publish(large, 1, "large-" + large, true, gateway.chat.url(), "served-chat", "CHAT").is(200);
        gateway.publish(cheap, 1, "cheap-" + cheap, true, small.url(), "served-small", "CHAT").is(200);
        try {
            prices(large, cheap);
            policy(rule("\"large-%s\"".formatted(large), "", "null", "null", "cheap-" + cheap), "null");
            String body = TestGateway.HELLO.replace(TestGateway.CHAT, "large-" + large);
            Reply reply = await().atMost(Duration.ofSeconds(10)).until(() -> post("/v1/chat/completions", body), answer -> answer.status() == 200);
            booked(reply);
            Instant now = Instant.now();
            JsonNode line = SERVICE.send(gateway.member(), "GET", path() + "savings?from=" + now.minusSeconds(7_200) + "&to=" + now.plusSeconds(7_200), null)
                    .is(200).body().path("lines").get(0);
            BigInteger paid = new BigInteger(line.path("paid").asString());
            assertThat(paid).isPositive();
            assertThat(new BigInteger(line.path("instead").asString())).isEqualTo(paid.multiply(BigInteger.TEN));

            JsonNode replay = SERVICE.send(gateway.member(), "POST", path() + "replay",
                    "{\"days\": 1, \"rules\": [%s]}".formatted(rule("", "", "null", "null", "large-" + large))).is(200).body();
            assertThat(replay.path("lines")).as("it asked for the large one").isEmpty();
        } finally {
            for (EndpointId endpoint : List.of(large, cheap)) {
                SERVICE.send(SERVICE.service(), "DELETE", "/api/registry/tenants/" + gateway.tenant.id() + "/routes/" + endpoint + "?version=2", null).is(200);
            }
        }
    }

    private static void prices(EndpointId large, EndpointId cheap) {
        int next = Integer.parseInt(SERVICE.column("select coalesce(max(version), 0) + 1 from quota.price_book").getFirst());
        SERVICE.send(SERVICE.admin(), "PUT", "/api/prices/" + next, """
                {"currency": "EUR", "reason": "for a test", "prices": [
                  {"sku": "%1$s", "meter": "INPUT", "price": 1500000}, {"sku": "%1$s", "meter": "OUTPUT", "price": 6000000},
                  {"sku": "%2$s", "meter": "INPUT", "price": 150000}, {"sku": "%2$s", "meter": "OUTPUT", "price": 600000}]}""".formatted(large, cheap)).is(200);
    }

    @Test
    void onlyOwnersSayAndVersionsFollowOneAnother() {
        String spec = "{\"rules\": [], \"ladder\": {\"warnAt\": 80, \"degradeAt\": 95, \"use\": null, \"mostOutput\": 100}, \"reason\": \"for a test\"}";
        SERVICE.send(gateway.member(), "PUT", path() + "1", spec).isProblem(403, "not_allowed");
        String owner = SERVICE.issuer().person(gateway.tenant.owner());
        SERVICE.send(owner, "PUT", path() + "2", spec).isProblem(409, "changed_meanwhile");
        SERVICE.send(owner, "PUT", path() + "1", spec).is(200);
        SERVICE.send(owner, "PUT", path() + "1", spec).is(200);
        SERVICE.send(owner, "PUT", path() + "2", spec.replace("95", "70")).isProblem(400, "invalid_input");
        List<JsonNode> views = SERVICE.send(gateway.member(), "GET", "/api/tenants/" + gateway.tenant.id() + "/steering", null).is(200).body().valueStream().toList();
        JsonNode view = views.stream().filter(each -> each.path("version").asInt() == 1).findFirst().orElseThrow();
        assertThat(view.path("ladder").path("degradeAt").asInt()).isEqualTo(95);
        assertThat(view.path("mayChange").asBoolean()).isFalse();
        assertThat(SERVICE.column("select action from audit.entry where tenant_id = '%s' and action = 'steering.make' and outcome = 'done'".formatted(gateway.tenant.id()))).hasSize(1);
    }
}
