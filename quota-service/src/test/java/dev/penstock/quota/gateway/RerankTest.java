package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.EndpointId;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.quota.reconciliation.TestReconciliation;
import dev.penstock.simulators.model.ModelLog;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.fault.ModelFault;
import dev.penstock.simulators.model.fault.UsageLie;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Documents put into an order: what comes back, what it costs, what limits and keys say of it, and what the engine counted. */
class RerankTest {

    private static final RunningService SERVICE = RunningService.priced();
    private static final String PATH = "/v1/rerank";
    private static final String BODY = "{\"model\":\"" + TestGateway.RERANK + "\",\"query\":\"What drives a turbine?\","
            + "\"documents\":[\"A quiet pond.\",{\"text\":\"What drives a turbine is water.\"},\"Words\"],\"top_n\":2,\"return_documents\":true}";

    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = new TestGateway(SERVICE, SERVICE.bean(Gateway.class).port(), ModelPace.quick());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void theAnswerIsTheEnginesOwnAndTheRowSaysWhatItCounted() {
        Reply reply = gateway.post(PATH, BODY);
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        assertThat(reply.json().path("results").findValuesAsString("index")).containsExactly("1", "0");
        assertThat(reply.json().path("results").path(0).path("document").path("text").asString()).isEqualTo("What drives a turbine is water.");
        ModelLog.Entry counted = gateway.reranker.log().entries(reply.call()).getFirst();
        // Six tokens of a question and four of a pair, three times; then the documents.
        assertThat(counted.prompt()).isEqualTo(3 * (6 + 4) + 4 + 8 + 2);
        assertThat(reply.json().path("usage").path("total_tokens").asLong()).isEqualTo(counted.prompt());
        assertThat(gateway.row(reply.call())).isEqualTo("200 counted " + counted.prompt() + " 0");
        assertThat(SERVICE.column("select path from quota.usage where call_id = '" + reply.call() + "'")).containsExactly("7");
    }

    @Test
    void aPricedCallCostsItsTokensToTheLastUnit() {
        EndpointId endpoint = new EndpointId(UUID.randomUUID());
        String model = "rerank-" + endpoint;
        gateway.publish(endpoint, 1, model, true, gateway.reranker.url(), "served-rerank", "RERANK", RunningService.SKU).is(200);
        try {
            Reply reply = gateway.post(PATH, BODY.replace(TestGateway.RERANK, model));
            assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
            gateway.row(reply.call());
            assertThat(SERVICE.column("select cost from quota.usage where call_id = '" + reply.call() + "'")).containsExactly("" + 44 * RunningService.INPUT_PRICE);
            assertThat(reply.header("x-penstock-cost")).isEqualTo("0.0000088 EUR");
        } finally {
            SERVICE.send(SERVICE.service(), "DELETE", "/api/registry/tenants/" + gateway.tenant.id() + "/routes/" + endpoint + "?version=2", null).is(200);
        }
    }

    /** It would cost 44; it could cost some 900. */
    @Test
    void aLimitBelowTheBoundRefusesAtOnce() {
        UUID limit = UUID.randomUUID();
        limit(limit, 500);
        Reply refused = gateway.post(PATH, BODY);
        assertThat(refused.status() + " " + refused.code()).isEqualTo("429 insufficient_quota");
        assertThat(refused.message()).contains("more than the whole limit");
        assertThat(gateway.reranker.log().entries()).isEmpty();
        limit(limit, 2_000);
        Reply answered = await().atMost(Duration.ofSeconds(10)).until(() -> gateway.post(PATH, BODY), reply -> reply.status() == 200);
        gateway.row(answered.call());
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(SERVICE.column(
                "select settled from quota.limit_period where tenant_id = '" + gateway.tenant.id() + "' and limit_id = '" + limit + "'")).containsExactly("44"));
    }

    private void limit(UUID id, long amount) {
        SERVICE.send(SERVICE.admin(), "PUT", "/api/tenants/" + gateway.tenant.id() + "/limits/" + id, """
                {"meter": "TOKENS", "window": "MONTH", "amount": %d, "reason": "for a test"}""".formatted(amount)).is(200);
    }

    @Test
    void onlyModelsForItAnswerAndTheyAnswerNothingElse() {
        for (String other : new String[] {TestGateway.CHAT, TestGateway.EMBED}) {
            Reply reply = gateway.post(PATH, BODY.replace(TestGateway.RERANK, other));
            assertThat(reply.status() + " " + reply.json().path("error").path("param").asString()).isEqualTo("400 model");
            assertThat(reply.message()).isEqualTo("The model `" + other + "` does not answer /v1/rerank.");
        }
        assertThat(gateway.chat(TestGateway.HELLO.replace(TestGateway.CHAT, TestGateway.RERANK)).status()).isEqualTo(400);
        assertThat(gateway.post("/v1/embeddings", "{\"model\":\"" + TestGateway.RERANK + "\",\"input\":\"a\"}").status()).isEqualTo(400);
        assertThat(gateway.reranker.log().entries()).isEmpty();
    }

    @Test
    void streamsAndPicturesAreRefusedBeforeAnythingIsSetAside() {
        for (String body : new String[] {BODY.replace("\"top_n\":2", "\"stream\":true"), BODY.replace("\"Words\"", "{\"image\":\"u\"}")}) {
            Reply reply = gateway.post(PATH, body);
            assertThat(reply.status()).isEqualTo(400);
        }
        assertThat(gateway.calls()).isEmpty();
        assertThat(gateway.post("/rerank", BODY).status() + " " + gateway.post("/v2/rerank", BODY).status()).isEqualTo("404 404");
    }

    @Test
    void aKeyCanBeForItAlone() {
        String key = SERVICE.send(gateway.member(), "PUT", gateway.keyPath(UUID.randomUUID()), "{\"name\": \"narrow\", \"operations\": [\"RERANK\"]}").is(200)
                .body().path("secret").asString();
        assertThat(gateway.sendHere(key, "POST", PATH, BODY).status()).isEqualTo(200);
        assertThat(gateway.sendHere(key, "POST", "/v1/chat/completions", TestGateway.HELLO).message()).isEqualTo("This key is not for chat; it was made for rerank.");
    }

    /** As an embedding: booked at the most it can have been. */
    @Test
    void whatTheEngineDoesNotCountIsEstimated() {
        gateway.reranker.faults().add(new ModelFault.Usage(UsageLie.ABSENT));
        Reply reply = gateway.post(PATH, BODY);
        assertThat(reply.status()).isEqualTo(200);
        String bound = SERVICE.column("select input from quota.intent where call_id = '" + reply.call() + "'").getFirst();
        assertThat(gateway.row(reply.call())).isEqualTo("200 estimated " + bound + " 0");
    }

    @Test
    void theEnginesOwnCountAgreesWithTheBooks() {
        TestReconciliation reconciliation = new TestReconciliation(SERVICE);
        reconciliation.untilCompared(gateway.rerankEndpoint);
        Reply one = gateway.post(PATH, BODY);
        Reply two = gateway.post(PATH, BODY.replace("\"Words\"", "\"Words of more than one\""));
        gateway.row(one.call());
        gateway.row(two.call());
        reconciliation.untilCompared(gateway.rerankEndpoint);
        assertThat(reconciliation.unexplained(gateway.rerankEndpoint)).isEqualTo("0/0");
        assertThat(reconciliation.explained(gateway.rerankEndpoint)).isEqualTo("0/0");
        assertThat(SERVICE.column("select -sum(amount) from quota.posting where account = 'upstream' and endpoint_id = '" + gateway.rerankEndpoint + "' and unit <> 'output'"))
                .containsExactly("" + gateway.reranker.log().entries().stream().mapToLong(ModelLog.Entry::prompt).sum());
    }

    /** It says the total alone. */
    @Test
    void aServerOutsideRanksAsWell() {
        String name = "up-" + UUID.randomUUID();
        String model = name + "/rerank";
        try (RecordingEngine server = new RecordingEngine()) {
            server.answers(RecordingEngine.answer("200 OK", "content-type: application/json\r\n",
                    "{\"id\":\"1\",\"results\":[{\"index\":0,\"relevance_score\":0.5}],\"usage\":{\"total_tokens\":31}}"));
            outside(name, 1, server.url() + "/v1", """
                    {"name": "%s", "servedModel": "theirs", "tasks": ["RERANK"], "contextTokens": 8192, "maxOutputTokens": 1, "maxTokensPerByte": 1, "sku": "%s"}"""
                    .formatted(model, RunningService.SKU));
            try {
                SERVICE.send(SERVICE.admin(), "PUT", "/api/tenants/" + gateway.tenant.id() + "/projects/" + gateway.tenant.project() + "/data-class/1",
                        "{\"dataClass\": \"PUBLIC\", \"reason\": \"for a test\"}").is(200);
                Reply reply = gateway.post(PATH, BODY.replace(TestGateway.RERANK, model));
                assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
                assertThat(reply.header("x-penstock-upstream")).isEqualTo(name);
                assertThat(server.asked().getFirst()).startsWith("POST /v1/rerank HTTP/1.1\r\n").endsWith(BODY.replace(TestGateway.RERANK, "theirs").replace("{\"text\":\"What drives a turbine is water.\"}", "\"What drives a turbine is water.\""));
                assertThat(gateway.row(reply.call())).isEqualTo("200 counted 31 0");
                assertThat(SERVICE.column("select cost from quota.usage where call_id = '" + reply.call() + "'")).containsExactly("" + 31 * RunningService.INPUT_PRICE);
            } finally {
                outside(name, 2, server.url() + "/v1", "");
            }
        }
    }

    private static void outside(String name, int version, String address, String models) {
        JsonNode made = SERVICE.send(SERVICE.admin(), "PUT", "/api/upstreams/" + name + "/" + version,
                "{\"address\": \"%s\", \"providerKey\": \"%s\", \"takes\": \"PUBLIC\", \"mostUnderWay\": 5, \"models\": [%s]}"
                        .formatted(address, TestGateway.ENGINE_KEY, models)).is(200).body();
        assertThat(made).isNotNull();
    }
}
