package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.ModelLog;
import dev.penstock.simulators.model.ModelPace;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls as applications make them, through the gateway to a simulated engine, and what is written down of them. */
class CallTest {

    private static final RunningService SERVICE = RunningService.get();
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
    void aPlainCallIsAnsweredAndInTheLedgerAsTheEngineCounted() {
        Reply reply = gateway.chat(TestGateway.HELLO);
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        assertThat(reply.json().path("choices").get(0).path("message").path("content").asString()).isNotBlank();
        assertThat(reply.header("x-penstock-endpoint")).isEqualTo(gateway.chatEndpoint.toString());
        assertThat(reply.header("x-penstock-max-tokens")).isEqualTo("20");
        ModelLog.Entry produced = produced(reply);
        assertThat(produced.attempt()).isZero();
        assertThat(gateway.row(reply.call())).isEqualTo("200 counted " + produced.prompt() + " " + produced.completion());
        assertThat(gateway.loss(reply.call())).isEmpty();
    }

    @Test
    void aStreamShowsNoUsageThatNobodyAskedFor() {
        Reply reply = gateway.chat(streamed(TestGateway.HELLO));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).startsWith("text/event-stream");
        assertThat(reply.http().body()).doesNotContain("usage").contains("\"delta\"").endsWith("data: [DONE]\n\n");
        ModelLog.Entry produced = produced(reply);
        assertThat(gateway.row(reply.call())).isEqualTo("200 counted " + produced.prompt() + " " + produced.completion());
    }

    @Test
    void aStreamShowsItsUsageOnceToWhoAsked() {
        Reply reply = gateway.chat(streamed(TestGateway.HELLO).replace("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
        assertThat(reply.http().body().split("\"usage\"", -1)).hasSize(2);
        assertThat(reply.http().body()).contains("\"choices\":[],\"usage\"");
    }

    /** Whether or not the caller sees the usage, and whichever way round it is told. */
    @Test
    void whatTheModelThoughtIsKeptAsPartOfTheOutput() {
        String hard = TestGateway.HELLO.replace("\"max_tokens\":20", "\"max_tokens\":400,\"reasoning_effort\":\"high\"");
        Reply whole = gateway.chat(hard);
        long told = whole.json().path("usage").path("completion_tokens_details").path("reasoning_tokens").asLong();
        assertThat(told).as(whole.http().body()).isPositive().isLessThan(whole.json().path("usage").path("completion_tokens").asLong());
        Reply stream = gateway.chat(streamed(hard));
        Reply responses = gateway.post("/v1/responses", "{\"model\":\"" + TestGateway.CHAT + "\",\"input\":\"Hello\",\"reasoning\":{\"effort\":\"low\"},\"store\":false}");
        assertThat(thought(whole)).isEqualTo(told);
        assertThat(thought(stream)).isEqualTo(told);
        assertThat(thought(responses)).isPositive().isEqualTo(responses.json().path("usage").path("output_tokens_details").path("reasoning_tokens").asLong());
        assertThat(thought(gateway.chat(TestGateway.HELLO))).isZero();
    }

    private static long thought(Reply reply) {
        assertThat(gateway.row(reply.call())).startsWith("200 counted");
        return Long.parseLong(SERVICE.column("select reasoning from quota.usage where call_id = '" + reply.call() + "'").getFirst());
    }

    @Test
    void embeddingsPassWithTheirInputCounted() {
        Reply reply = gateway.post("/v1/embeddings", "{\"model\":\"" + TestGateway.EMBED + "\",\"input\":[\"one\",\"two three\"]}");
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        assertThat(reply.json().path("data").size()).isEqualTo(2);
        long prompt = gateway.embeddings.log().entries(reply.call()).getFirst().prompt();
        assertThat(gateway.row(reply.call())).isEqualTo("200 counted " + prompt + " 0");
    }

    @Test
    void theEngineIsAskedForNoMoreThanItsCap() {
        Reply reply = gateway.chat(TestGateway.HELLO.replace("\"max_tokens\":20", "\"max_tokens\":1e18"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-penstock-max-tokens")).isEqualTo("4096");
        assertThat(SERVICE.column("select output from quota.intent where call_id = '" + reply.call() + "'")).containsExactly("4096");
    }

    @Test
    void theModelsThatMayBeCalledAreListed() {
        JsonNodes models = new JsonNodes(TestGateway.send(gateway.key, "GET", "/v1/models", null));
        assertThat(models.ids()).containsExactly(TestGateway.CHAT, TestGateway.EMBED, TestGateway.RERANK);
        for (String path : List.of("/v1/models/vision/chat", "/v1/models/vision%2Fchat")) {
            assertThat(TestGateway.send(gateway.key, "GET", path, null).json().path("id").asString()).isEqualTo(TestGateway.CHAT);
        }
    }

    @Test
    void aModelIsAsOldAsItsFirstPublication() {
        try (TestGateway own = new TestGateway(ModelPace.quick())) {
            String stored = "select floor(extract(epoch from created_at))::bigint from quota.route where endpoint_id = '" + own.chatEndpoint + "'";
            String created = SERVICE.column(stored).getFirst();
            assertThat(Long.parseLong(created)).isCloseTo(System.currentTimeMillis() / 1_000, within(600L));
            own.publish(own.chatEndpoint, 2, TestGateway.CHAT, false, own.chat.url(), "served-chat", "CHAT").is(200);
            assertThat(TestGateway.send(own.key, "GET", "/v1/models/" + TestGateway.CHAT, null).json().path("created").asString()).isEqualTo(created);
        }
    }

    private record JsonNodes(Reply reply) {
        List<String> ids() {
            return StreamSupport.stream(reply.json().path("data").spliterator(), false).map(model -> model.path("id").asString()).toList();
        }
    }

    /** Status, code, and the field that is meant; none of them ever reaches an engine or leaves an intent. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', nullValues = "-", textBlock = """
            {"model":"nobody/knows","messages":[]}                          | 404 | model_not_found | model
            {"model":"vision/embed","messages":[]}                          | 400 | null            | model
            {"model":"vision/chat","messages":[]                            | 400 | null            | -
            {"model":"vision/chat","model":"vision/chat","messages":[]}     | 400 | null            | model
            {"model":"vision/chat","messages":[],"max_tokens":0}            | 400 | null            | max_tokens
            {"model":"vision/chat","messages":[],"max_tokens":-1}           | 400 | null            | max_tokens
            {"model":"vision/chat","messages":[],"max_tokens":"many"}       | 400 | null            | max_tokens
            {"model":"vision/chat","messages":[],"n":1000}                  | 400 | null            | n
            """)
    void whatCannotBeIsRefusedBeforeAnythingIsReserved(String body, int status, String code, String param) {
        int before = gateway.calls().size();
        Reply reply = gateway.chat(body);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.json().path("error").path("param").asString(null)).isEqualTo(param);
        assertThat(reply.json().path("error").path("type").asString()).isEqualTo("invalid_request_error");
        assertThat(reply.call()).isNotBlank();
        assertThat(gateway.calls()).hasSize(before);
        assertThat(gateway.chat.log().entries(reply.call())).isEmpty();
    }

    @Test
    void eightMegabytesAreTooMany() {
        int before = gateway.calls().size();
        Reply reply = gateway.chat(TestGateway.HELLO.replace("Hello there", "x".repeat(8 << 20)));
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.message()).contains("4194304");
        assertThat(gateway.calls()).hasSize(before);
    }

    @Test
    void whatTheEngineRefusesAsTooLongIsSaidInItsWords() {
        Reply reply = gateway.chat(TestGateway.HELLO.replace("Hello there", "word ".repeat(100_000)));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("context_length_exceeded");
        assertThat(gateway.row(reply.call())).isEqualTo("400 counted 0 0");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/chat/completions, 405, method_not_supported", "DELETE, /v1/models, 405, method_not_supported", "POST, /v1/audio/speech, 404, unknown_url",
        "GET, /, 404, unknown_url", "POST, /v1/chat/completions/, 404, unknown_url", "GET, /tokenize, 404, unknown_url", "GET, /v1/models/none, 404, model_not_found"
    })
    void nothingElseIsThere(String method, String path, int status, String code) {
        Reply reply = TestGateway.send(gateway.key, method, path, method.equals("POST") ? "{}" : null);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
    }

    @Test
    void withoutAKeyThatHoldsNobodyIsLetIn() {
        String mistyped = gateway.key.substring(0, 30) + (gateway.key.charAt(30) == 'a' ? 'b' : 'a') + gateway.key.substring(31);
        for (String credential : new String[] {null, "psk_nonsense", mistyped, "not.a.token", SERVICE.issuer().expired("someone"), SERVICE.issuer().forged("someone", gateway.tenant.memberGroup())}) {
            Reply reply = TestGateway.send(credential, "POST", "/v1/chat/completions", TestGateway.HELLO, "x-penstock-project", gateway.tenant.project().toString());
            assertThat(reply.status()).as(credential).isEqualTo(401);
            assertThat(reply.code()).isEqualTo("invalid_api_key");
        }
    }

    @Test
    void aRevokedKeyIsRefusedWithinTwoSeconds() {
        UUID id = UUID.randomUUID();
        String key = SERVICE.send(gateway.member(), "PUT", gateway.keyPath(id), "{\"name\": \"to revoke\"}").is(200).body().path("secret").asString();
        assertThat(TestGateway.send(key, "GET", "/v1/models", null).status()).isEqualTo(200);
        SERVICE.send(gateway.member(), "POST", "/api/tenants/" + gateway.tenant.id() + "/keys/" + id + "/revoke", null).is(200);
        await().atMost(Duration.ofSeconds(2)).until(() -> TestGateway.send(key, "GET", "/v1/models", null).status() == 401);
        assertThat(TestGateway.send(key, "POST", "/v1/chat/completions", TestGateway.HELLO).code()).isEqualTo("invalid_api_key");
    }

    /** As another replica would do it, and without anybody being told. */
    @Test
    void aRevocationThatNobodyAnnouncedHoldsByThePoll() {
        UUID id = UUID.randomUUID();
        String key = SERVICE.send(gateway.member(), "PUT", gateway.keyPath(id), "{\"name\": \"to revoke\"}").is(200).body().path("secret").asString();
        assertThat(TestGateway.send(key, "GET", "/v1/models", null).status()).isEqualTo(200);
        SERVICE.column("update quota.api_key set revoked_at = now(), revoked_by = 'x', version = version + 1 where id = '" + id + "' returning id");
        await().atMost(Duration.ofSeconds(2)).until(() -> TestGateway.send(key, "GET", "/v1/models", null).status() == 401);
    }

    @Test
    void aKeyForSomeModelsSeesNoOthers() {
        String key = gateway.makeKey("embeddings only", "[\"vision/embed\"]");
        assertThat(new JsonNodes(TestGateway.send(key, "GET", "/v1/models", null)).ids()).containsExactly(TestGateway.EMBED);
        Reply hidden = TestGateway.send(key, "POST", "/v1/chat/completions", TestGateway.HELLO);
        Reply missing = TestGateway.send(key, "POST", "/v1/chat/completions", TestGateway.HELLO.replace("vision/chat", "vision/none"));
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.withoutId().replace("vision/chat", "vision/none")).isEqualTo(missing.withoutId());
    }

    @Test
    void anotherTenantsModelDoesNotExist() {
        try (TestGateway other = new TestGateway(ModelPace.quick())) {
            other.publish(new dev.penstock.contract.EndpointId(UUID.randomUUID()), 1, "vision/secret", false, other.chat.url(), "served-chat", "CHAT").is(200);
            Reply hidden = gateway.chat(TestGateway.HELLO.replace("vision/chat", "vision/secret"));
            Reply missing = gateway.chat(TestGateway.HELLO.replace("vision/chat", "vision/none__"));
            assertThat(hidden.status()).isEqualTo(404);
            assertThat(hidden.withoutId().replace("vision/secret", "vision/none__")).isEqualTo(missing.withoutId());
            assertThat(new JsonNodes(TestGateway.send(gateway.key, "GET", "/v1/models", null)).ids()).doesNotContain("vision/secret");
            assertThat(TestGateway.send(other.key, "GET", "/v1/models/vision/secret", null).status()).isEqualTo(200);
        }
    }

    @Test
    void aPersonCallsWithTheirOwnTokenForAProjectOfTheirs() {
        Reply reply = TestGateway.send(gateway.member(), "POST", "/v1/chat/completions", TestGateway.HELLO, "x-penstock-project", gateway.tenant.project().toString());
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        gateway.row(reply.call());
        assertThat(SERVICE.column("select p.person from quota.usage u join quota.usage_person p on p.tenant_id = u.tenant_id and p.id = u.person where call_id = '" + reply.call() + "'"))
                .containsExactly("someone");
        assertThat(TestGateway.send(gateway.member(), "GET", "/v1/models", null).status()).as("without a project").isEqualTo(400);
        assertThat(TestGateway.send(gateway.member(), "GET", "/v1/models", null, "x-penstock-project", "vision").status()).as("no id").isEqualTo(400);
    }

    /** Not by a role in the organisation, not by membership elsewhere, not by a program's token; and nobody learns whether the project exists. */
    @Test
    void nobodyCallsForAProjectThatIsNotTheirs() {
        String project = gateway.tenant.otherProject().toString();
        Reply others = TestGateway.send(gateway.member(), "GET", "/v1/models", null, "x-penstock-project", project);
        Reply none = TestGateway.send(gateway.member(), "GET", "/v1/models", null, "x-penstock-project", UUID.randomUUID().toString());
        assertThat(others.status()).isEqualTo(403);
        assertThat(others.withoutId()).isEqualTo(none.withoutId());
        assertThat(TestGateway.send(SERVICE.admin(), "GET", "/v1/models", null, "x-penstock-project", project).status()).isEqualTo(403);
        assertThat(TestGateway.send(SERVICE.service(), "GET", "/v1/models", null, "x-penstock-project", project).status()).isEqualTo(401);
    }

    @Test
    void aSharedModelWithoutAPriceIsOursToMend() {
        gateway.publish(new dev.penstock.contract.EndpointId(UUID.randomUUID()), 1, "unpriced-" + gateway.tenant.name(), true, gateway.chat.url(), "served-chat", "CHAT").is(200);
        Reply reply = gateway.chat(TestGateway.HELLO.replace("vision/chat", "unpriced-" + gateway.tenant.name()));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("model_not_priced");
        assertThat(reply.header("x-should-retry")).isEqualTo("false");
    }

    private static String streamed(String body) {
        return body.replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\"");
    }

    private static ModelLog.Entry produced(Reply reply) {
        return gateway.chat.log().entries(reply.call()).getFirst();
    }
}
