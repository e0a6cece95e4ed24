package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.quota.KeyOperation;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.EveryRouteTest.Way;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.quota.gateway.wire.Dialect;
import dev.penstock.quota.gateway.wire.Operation;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.SimModelServer;
import dev.penstock.simulators.model.fault.ModelFault;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every way to an engine, refused for every reason: status, form, codes and what is said about trying again. */
class RefusedRoutesTest {

    private static final RunningService SERVICE = RunningService.get();
    private static final String UNKNOWN = "psk_unknown";

    private static TestGateway gateway;
    /** A key of a network where nobody is. */
    private static String elsewhere;
    /** Its tokens are spent. */
    private static TestGateway spent;
    /** Called as often as it may within the hour. */
    private static TestGateway rated;

    /** What is said about trying again. */
    private enum Again { UNSAID, WAIT, NEVER }

    private enum Why {
        NO_KEY("401 invalid_request_error invalid_api_key", "401 authentication_error", Again.UNSAID),
        UNKNOWN_KEY("401 invalid_request_error invalid_api_key", "401 authentication_error", Again.UNSAID),
        NOT_FOR_THIS("403 invalid_request_error operation_not_allowed", "403 permission_error", Again.UNSAID),
        NOT_FROM_HERE("403 invalid_request_error network_not_allowed", "403 permission_error", Again.UNSAID),
        UNKNOWN_MODEL("404 invalid_request_error model_not_found", "404 not_found_error", Again.UNSAID),
        MODEL_FOR_SOMETHING_ELSE("400 invalid_request_error null", "400 invalid_request_error", Again.UNSAID),
        NO_JSON("400 invalid_request_error null", "400 invalid_request_error", Again.UNSAID),
        NO_PROMPT("400 invalid_request_error null", "400 invalid_request_error", Again.UNSAID),
        A_FIELD_TWICE("400 invalid_request_error null", "400 invalid_request_error", Again.UNSAID),
        ENCODED("400 invalid_request_error null", "400 invalid_request_error", Again.UNSAID),
        ANOTHER_METHOD("405 invalid_request_error method_not_supported", "405 invalid_request_error", Again.UNSAID),
        TOO_OFTEN("429 requests rate_limit_exceeded", "429 rate_limit_error", Again.WAIT),
        SPENT("429 insufficient_quota insufficient_quota", "429 rate_limit_error", Again.NEVER),
        ENGINE_REFUSES("400 invalid_request_error null", "400 invalid_request_error", Again.UNSAID),
        ENGINE_FAILS("502 server_error null", "502 api_error", Again.WAIT),
        ENGINE_IS_FULL("503 server_error model_overloaded", "529 overloaded_error", Again.WAIT);

        private final String openAi;
        private final String anthropic;
        private final Again again;

        Why(String openAi, String anthropic, Again again) {
            this.openAi = openAi;
            this.anthropic = anthropic;
            this.again = again;
        }
    }

    @BeforeAll
    static void start() {
        gateway = new TestGateway(ModelPace.quick());
        elsewhere = makeKey("\"networks\": [\"192.0.2.0/24\"]");
        spent = new TestGateway(ModelPace.quick());
        limit(spent, "TOKENS", "MONTH");
        rated = new TestGateway(ModelPace.quick());
        limit(rated, "REQUESTS", "HOUR");
        assertThat(rated.chat(TestGateway.HELLO).status()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        spent.close();
        rated.close();
    }

    @AfterEach
    void wellAgain() {
        gateway.chat.faults().liftAll();
        gateway.embeddings.faults().liftAll();
        gateway.reranker.faults().liftAll();
    }

    static Stream<Arguments> all() {
        // What costs nothing is not refused because nothing is left.
        return Stream.of(Operation.values()).flatMap(operation -> Stream.of(Why.values())
                .filter(why -> operation.isCharged() || why != Why.SPENT)
                .map(why -> Arguments.of(operation, why)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void isRefusedInTheFormThatItsClientsKnow(Operation operation, Why why) {
        Reply reply = refused(operation, why);
        JsonNode error = reply.json().path("error");
        String seen = reply.status() + " " + error.path("type").asString();
        assertThat(UUID.fromString(reply.call())).isNotNull();
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(error.path("message").asString()).isNotBlank();
        if (operation.dialect() != Dialect.ANTHROPIC) {
            assertThat(seen + " " + error.path("code").asString("null")).as(reply.http().body()).isEqualTo(why.openAi);
            assertThat(reply.json().propertyNames()).containsExactly("error");
            assertThat(error.propertyNames()).containsExactly("message", "type", "param", "code", "request_id");
            assertThat(List.of(error.path("request_id").asString(), reply.header("x-penstock-decision"))).containsOnly(reply.call());
        } else {
            assertThat(seen).as(reply.http().body()).isEqualTo(why.anthropic);
            assertThat(reply.json().propertyNames()).containsExactly("type", "error", "request_id");
            assertThat(reply.json().path("type").asString()).isEqualTo("error");
            assertThat(List.of(reply.json().path("request_id").asString(), reply.header("request-id"))).containsOnly(reply.call());
            assertThat(error.path("details").path("error_code").asString("none")).isEqualTo(why == Why.SPENT ? "enforced_spend_limit_reached" : "none");
        }
        again(reply, why, operation.dialect() != Dialect.ANTHROPIC ? "x-ratelimit-limit-requests" : "anthropic-ratelimit-requests-limit");
    }

    private static void again(Reply reply, Why why, String limit) {
        assertThat(reply.header("x-should-retry")).isEqualTo(why.again == Again.NEVER ? "false" : "");
        if (why.again == Again.WAIT) {
            assertThat(Long.parseLong(reply.header("retry-after"))).isBetween(1L, 3_600L);
            assertThat(Long.parseLong(reply.header("retry-after-ms"))).isBetween(1L, 3_600_000L);
        } else {
            assertThat(reply.header("retry-after") + reply.header("retry-after-ms")).isEmpty();
        }
        assertThat(reply.header(limit)).isEqualTo(why == Why.TOO_OFTEN ? "1" : "");
        assertThat(reply.header("x-penstock-limit-owner")).isEqualTo(why == Why.TOO_OFTEN || why == Why.SPENT ? "tenant" : "");
    }

    private static Reply refused(Operation operation, Why why) {
        String body = EveryRouteTest.ways().filter(way -> way.operation() == operation).map(Way::body).findFirst().orElseThrow();
        String other = operation == Operation.EMBEDDINGS ? TestGateway.RERANK : TestGateway.EMBED;
        String model = switch (operation.task()) {
            case CHAT -> TestGateway.CHAT;
            case EMBEDDINGS -> TestGateway.EMBED;
            case RERANK -> TestGateway.RERANK;
        };
        return switch (why) {
            case NO_KEY -> send(null, operation, body);
            case UNKNOWN_KEY -> send(UNKNOWN, operation, body);
            // Nothing can be asked with them that would tell a model or be read.
            case NOT_FOR_THIS -> send(narrowed(operation), operation, "no JSON");
            case NOT_FROM_HERE -> TestGateway.send(elsewhere, "POST", operation.path(), "no JSON", headers(operation, "x-forwarded-for", "192.0.2.7"));
            case UNKNOWN_MODEL -> send(gateway.key, operation, body.replace(model, "no-such-model"));
            case MODEL_FOR_SOMETHING_ELSE -> send(gateway.key, operation, body.replace(model, other));
            case NO_JSON -> send(gateway.key, operation, body.substring(1));
            case NO_PROMPT -> send(gateway.key, operation, "{\"model\":\"" + model + "\",\"max_tokens\":5}");
            case A_FIELD_TWICE -> send(gateway.key, operation, body.replaceFirst("\\{", "{\"model\":\"" + model + "\","));
            case ENCODED -> TestGateway.send(gateway.key, "POST", operation.path(), body, headers(operation, "content-encoding", "gzip"));
            case ANOTHER_METHOD -> TestGateway.send(gateway.key, "PUT", operation.path(), body, headers(operation));
            case TOO_OFTEN -> send(rated.key, operation, body);
            case SPENT -> send(spent.key, operation, body);
            case ENGINE_REFUSES -> broken(operation, body, 400);
            case ENGINE_FAILS -> broken(operation, body, 500);
            case ENGINE_IS_FULL -> broken(operation, body, 503);
        };
    }

    /** Made for every operation but that. */
    private static String narrowed(Operation operation) {
        List<String> others = Stream.of(KeyOperation.values()).filter(each -> each != KeyOperation.valueOf(operation.name())).map(each -> "\"" + each + "\"").toList();
        return makeKey("\"operations\": " + others);
    }

    private static String makeKey(String scope) {
        return SERVICE.send(gateway.member(), "PUT", gateway.keyPath(UUID.randomUUID()), "{\"name\": \"narrowed\", " + scope + "}").is(200).body().path("secret").asString();
    }

    private static Reply broken(Operation operation, String body, int status) {
        SimModelServer engine = switch (operation.task()) {
            case CHAT -> gateway.chat;
            case EMBEDDINGS -> gateway.embeddings;
            case RERANK -> gateway.reranker;
        };
        engine.faults().add(new ModelFault.Answer(status, 0));
        return send(gateway.key, operation, body);
    }

    private static Reply send(@Nullable String key, Operation operation, String body) {
        return TestGateway.send(key, "POST", operation.path(), body, headers(operation));
    }

    private static String[] headers(Operation operation, String... more) {
        Stream<String> version = operation.dialect() == Dialect.ANTHROPIC ? Stream.of("anthropic-version", "2023-06-01") : Stream.of();
        return Stream.concat(version, Stream.of(more)).toArray(String[]::new);
    }

    /** Of one. */
    private static void limit(TestGateway of, String meter, String window) {
        SERVICE.send(SERVICE.admin(), "PUT", "/api/tenants/" + of.tenant.id() + "/limits/" + UUID.randomUUID(), """
                {"meter": "%s", "window": "%s", "amount": 1, "reason": "for a test"}""".formatted(meter, window)).is(200);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whatAKeyIsForIsAnsweredFromWhereItMayBeUsed(Operation operation) {
        String body = EveryRouteTest.ways().filter(way -> way.operation() == operation).map(Way::body).findFirst().orElseThrow();
        String key = makeKey("\"operations\": [\"" + operation.name() + "\"], \"networks\": [\"2001:db8::/32\", \"127.0.0.1\"]");
        assertThat(send(key, operation, body).status()).isEqualTo(200);
    }

    static Stream<Operation> operations() {
        return Stream.of(Operation.values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/v1/models/" + TestGateway.CHAT, "/v1/models/no-such-model"})
    void listingIsAnOperationToo(String path) {
        assertThat(TestGateway.send(elsewhere, "GET", path, null).status()).isEqualTo(403);
        assertThat(TestGateway.send(makeKey("\"operations\": [\"CHAT\"]"), "GET", path, null).code()).isEqualTo("operation_not_allowed");
        assertThat(TestGateway.send(makeKey("\"operations\": [\"MODELS\"]"), "GET", path, null).status()).isEqualTo(path.contains("no-such") ? 404 : 200);
    }

    /** Of a program that knew more: it opens nothing here. */
    @Test
    void aWordThatNobodyKnowsLetsNothingIn() {
        UUID id = UUID.randomUUID();
        String key = SERVICE.send(gateway.member(), "PUT", gateway.keyPath(id), "{\"name\": \"of later\", \"operations\": [\"CHAT\"]}").is(200).body().path("secret").asString();
        SERVICE.execute("update quota.api_key set operations = '{telepathy}', version = version + 1 where id = '" + id + "'");
        await().atMost(Duration.ofSeconds(60)).until(() -> TestGateway.send(key, "POST", "/v1/chat/completions", TestGateway.HELLO).status() == 403);
        assertThat(TestGateway.send(key, "GET", "/v1/models", null).message()).isEqualTo("This key is not for models; it was made for telepathy.");
    }
}
