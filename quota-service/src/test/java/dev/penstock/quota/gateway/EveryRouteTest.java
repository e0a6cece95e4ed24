package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.penstock.frame.testing.HouseRules;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.quota.gateway.wire.Operation;
import dev.penstock.simulators.model.ModelLog;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.SimModelServer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to an engine, as the code lists them: each is counted, booked and refused like the others. What is not listed reaches none. */
class EveryRouteTest {

    private static final RunningService SERVICE = RunningService.get();
    private static final Set<String> ANY_CLIENT = Set.of("io.vertx.core.http.HttpClient", "java.net.http.HttpClient", "org.springframework.web.client.RestClient",
            "org.springframework.web.client.RestTemplate", "java.net.Socket", "java.nio.channels.SocketChannel", "java.net.URLConnection", "java.net.HttpURLConnection");

    private static final String RESPONSE = "{\"model\":\"" + TestGateway.CHAT + "\",\"input\":\"Hello there\",\"max_output_tokens\":20}";

    /** @param body asks for so many tokens at most, where it can */
    record Way(Operation operation, String name, String body) {

        @Override
        public String toString() {
            return operation + " " + name;
        }
    }

    static Stream<Way> ways() {
        return Arrays.stream(Operation.values()).flatMap(operation -> switch (operation) {
            case CHAT -> Stream.of(
                    new Way(operation, "whole", TestGateway.HELLO),
                    new Way(operation, "streamed", TestGateway.HELLO.replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\"")));
            case MESSAGES -> Stream.of(
                    new Way(operation, "whole", TestGateway.HELLO),
                    new Way(operation, "streamed", TestGateway.HELLO.replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\"")));
            case COUNT_TOKENS -> Stream.of(new Way(operation, "whole", "{\"model\":\"" + TestGateway.CHAT + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}"));
            case RESPONSES -> Stream.of(
                    new Way(operation, "whole", RESPONSE),
                    new Way(operation, "streamed", RESPONSE.replace("\"input\"", "\"stream\":true,\"input\"")));
            case COMPLETIONS -> Stream.of(
                    new Way(operation, "whole", "{\"model\":\"" + TestGateway.CHAT + "\",\"prompt\":\"Once upon\"}"),
                    new Way(operation, "of several prompts, streamed", "{\"model\":\"" + TestGateway.CHAT + "\",\"prompt\":[\"Once upon\",\"A dam\"],\"n\":2,\"stream\":true,\"max_tokens\":9}"));
            case EMBEDDINGS -> Stream.of(new Way(operation, "whole", "{\"model\":\"" + TestGateway.EMBED + "\",\"input\":[\"one\",\"and two\"]}"));
            case RERANK -> Stream.of(new Way(operation, "whole", "{\"model\":\"" + TestGateway.RERANK + "\",\"query\":\"one\",\"documents\":[\"and two\",{\"text\":\"one\"}],\"top_n\":1}"));
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void isBookedMovesEveryBudgetAndStopsWhenOneIsSpent(Way way) {
        try (TestGateway gateway = new TestGateway(ModelPace.quick())) {
            UUID requests = limit(gateway, "REQUESTS");
            UUID tokens = limit(gateway, "TOKENS");
            Reply reply = gateway.post(way.operation().path(), way.body());
            assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);

            ModelLog.Entry produced = engine(gateway, way).log().entries(reply.call()).getFirst();
            assertThat(gateway.row(reply.call())).isEqualTo("200 counted " + produced.prompt() + " " + produced.completion());
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                assertThat(settled(gateway, requests)).isEqualTo("1");
                assertThat(settled(gateway, tokens)).isEqualTo(Long.toString(produced.prompt() + produced.completion()));
            });

            set(gateway, requests, "REQUESTS", 1);
            Reply refused = await().atMost(Duration.ofSeconds(5)).until(() -> gateway.post(way.operation().path(), way.body()), answer -> answer.status() == 429);
            assertThat(engine(gateway, way).log().entries(refused.call())).as("what is refused reaches no engine").isEmpty();
        }
    }

    @Test
    void nothingElseThanAnOperationGenerates() {
        List<HttpMethod> methods = List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.PATCH, HttpMethod.OPTIONS, HttpMethod.POST);
        Set<String> operations = Arrays.stream(Operation.values()).map(Operation::path).collect(Collectors.toSet());
        List<String> others = List.of("/", "/v1/responses/resp_1", "/v1/responses/resp_1/cancel", "/v1/responses/resp_1/input_items", "/v1/conversations", "/v1/messages/batches", "/v1/rerank", "/v1/models", "/v1/models/any", "/v1/audio/speech", "/tokenize",
                "/v1/chat/completions/", "//v1/chat/completions", "/v1/chat/completions/../embeddings", "/V1/CHAT/COMPLETIONS", "/metrics", "/v1/load_lora_adapter", "/rerank", "/v2/rerank", "/v1/score");
        for (HttpMethod method : methods) {
            Stream.concat(operations.stream(), others.stream()).forEach(path -> assertThat(Target.of(method, path) instanceof Target.Generate).as(method + " " + path)
                    .isEqualTo(method == HttpMethod.POST && operations.contains(path)));
        }
    }

    /** Whoever adds a way beside these has to add it to this test. */
    @Test
    void oneClassForwardsAndOneClassAsksItTo() {
        JavaClasses classes = HouseRules.productionClasses("dev.penstock.quota");
        assertThat(users(classes, ANY_CLIENT)).as("who can reach another machine: the data path, and who reads engines' counters and nothing else")
                .containsExactlyInAnyOrder("gateway.Forwarder", "reconciliation.EngineReader", "reconciliation.ReconciliationWiring");
        assertThat(users(classes, Set.of(Forwarder.class.getName()))).as("who forwards").containsExactlyInAnyOrder("gateway.CallHandler", "gateway.GatewayWiring");
    }

    private static Set<String> users(JavaClasses classes, Set<String> used) {
        return classes.stream()
                .filter(each -> !used.contains(each.getName()))
                .filter(each -> each.getDirectDependenciesFromSelf().stream().map(dependency -> dependency.getTargetClass().getName()).anyMatch(used::contains))
                .map(EveryRouteTest::outermost)
                .collect(Collectors.toSet());
    }

    private static String outermost(JavaClass each) {
        return each.getName().replace("dev.penstock.quota.", "").replaceFirst("\\$.*", "");
    }

    private static SimModelServer engine(TestGateway gateway, Way way) {
        return switch (way.operation()) {
            case CHAT, COMPLETIONS, MESSAGES, RESPONSES, COUNT_TOKENS -> gateway.chat;
            case EMBEDDINGS -> gateway.embeddings;
            case RERANK -> gateway.reranker;
        };
    }

    private static UUID limit(TestGateway gateway, String meter) {
        UUID limit = UUID.randomUUID();
        set(gateway, limit, meter, 1_000_000);
        return limit;
    }

    private static void set(TestGateway gateway, UUID limit, String meter, long amount) {
        SERVICE.send(SERVICE.admin(), "PUT", "/api/tenants/" + gateway.tenant.id() + "/limits/" + limit, """
                {"meter": "%s", "window": "LIFE", "amount": %d, "reason": "for a test"}""".formatted(meter, amount)).is(200);
    }

    private static String settled(TestGateway gateway, UUID limit) {
        return String.join("", SERVICE.column("select settled from quota.limit_period where tenant_id = '" + gateway.tenant.id() + "' and limit_id = '" + limit + "'"));
    }
}
