package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.EndpointId;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.quota.gateway.wire.Dialect;
import dev.penstock.quota.gateway.wire.Operation;
import dev.penstock.simulators.model.EngineSettings;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.SimModelServer;
import dev.penstock.simulators.model.fault.ModelFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Calls that an administrator stopped. */
class StoppedTest {

    private static final RunningService SERVICE = RunningService.get();

    private final List<UUID> stops = new ArrayList<>();
    private final List<String> aliases = new ArrayList<>();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = new TestGateway(ModelPace.quick());
    }

    @AfterEach
    void stop() {
        stops.forEach(StoppedTest::lift);
        aliases.forEach(alias -> SERVICE.send(SERVICE.admin(), "PUT", "/api/aliases/" + alias + "/2", "{\"strategy\": \"WEIGHTED\", \"targets\": []}").is(200));
        gateway.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyOperationOfAStoppedTenantIsRefusedInItsDialect(Operation operation) {
        stopTenant("keys leaked \"twice\"");
        Reply reply = TestGateway.send(gateway.key, "POST", operation.path(), "{}");
        assertThat(reply.status()).isEqualTo(403);
        JsonNode error = reply.json().path("error");
        assertThat(error.path("message").asString()).startsWith("All calls of your tenant were stopped by an administrator at ").endsWith(": keys leaked \"twice\"");
        if (operation.dialect() != Dialect.ANTHROPIC) {
            assertThat(reply.code()).isEqualTo("calls_stopped");
        } else {
            assertThat(error.path("type").asString()).isEqualTo("permission_error");
        }
    }

    @Test
    void neitherAKeyNorAPersonIsLetInUntilItIsLifted() {
        UUID stop = stopTenant("leaked");
        assertThat(gateway.chat(TestGateway.HELLO).code()).isEqualTo("calls_stopped");
        assertThat(TestGateway.send(gateway.key, "GET", "/v1/models", null).code()).isEqualTo("calls_stopped");
        assertThat(TestGateway.send(gateway.member(), "GET", "/v1/models", null, "x-penstock-project", gateway.tenant.project().toString()).code()).isEqualTo("calls_stopped");
        lift(stop);
        assertThat(gateway.chat(TestGateway.HELLO).status()).isEqualTo(200);
    }

    @Test
    void aCallUnderWayGoesOnToItsEndAndIsBooked() throws Exception {
        int tokens = 200;
        try (TestGateway slow = new TestGateway(new ModelPace(Duration.ZERO, Duration.ZERO, Duration.ofMillis(10))); ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> stream = caller.submit(() -> slow.chat(
                    TestGateway.HELLO.replace("\"max_tokens\":20", "\"stream\":true,\"max_tokens\":" + tokens + ",\"min_tokens\":" + tokens + ",\"ignore_eos\":true")));
            await().atMost(Duration.ofSeconds(30)).until(() -> slow.chat.log().entries().stream().anyMatch(entry -> entry.completion() > 0));
            make("{\"tenant\": \"%s\", \"reason\": \"leaked\"}".formatted(slow.tenant.id()));
            assertThat(slow.chat(TestGateway.HELLO).code()).isEqualTo("calls_stopped");
            assertThat(stream.isDone()).as("the stop came while it ran").isFalse();
            assertThat(stream.get().http().body()).contains("[DONE]");
            assertThat(slow.row(stream.get().call())).startsWith("200 counted ").endsWith(" " + tokens);
        }
    }

    @Test
    void otherTenantsCallOn() {
        stopTenant("leaked");
        try (TestGateway other = new TestGateway(ModelPace.quick())) {
            assertThat(other.chat(TestGateway.HELLO).status()).isEqualTo(200);
        }
    }

    /** Its name is this test's alone: every test has a model called as {@link TestGateway#CHAT}. */
    @Test
    void aStoppedModelIsRefusedToThoseWhoMayCallItAndUnknownToOthers() {
        String model = "stopped-" + UUID.randomUUID();
        gateway.publish(new EndpointId(UUID.randomUUID()), 1, model, false, gateway.chat.url(), "served-chat", "CHAT").is(200);
        UUID stop = make("{\"model\": \"%s\", \"reason\": \"answers nonsense\"}".formatted(model));
        String body = TestGateway.HELLO.replace(TestGateway.CHAT, model);
        Reply refused = gateway.chat(body);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("calls_stopped");
        assertThat(refused.message()).startsWith("All calls of the model `" + model + "` were stopped by an administrator at ").endsWith(": answers nonsense");
        assertThat(gateway.chat(TestGateway.HELLO).status()).as("another model").isEqualTo(200);
        try (TestGateway other = new TestGateway(ModelPace.quick())) {
            assertThat(other.chat(body).code()).as("nobody else hears of it").isEqualTo("model_not_found");
        }
        lift(stop);
        assertThat(gateway.chat(body).status()).isEqualTo(200);
    }

    @Test
    void anAliasGoesOnWithItsOtherModelsAndIsStoppedByItsOwnName() {
        String model = "stopped-" + UUID.randomUUID();
        gateway.publish(new EndpointId(UUID.randomUUID()), 1, model, false, gateway.chat.url(), "served-chat", "CHAT").is(200);
        String alias = alias(model, TestGateway.CHAT);
        String body = TestGateway.HELLO.replace(TestGateway.CHAT, alias);
        assertThat(gateway.chat(body).header("x-penstock-model")).isEqualTo(model);
        UUID stop = make("{\"model\": \"%s\", \"reason\": \"answers nonsense\"}".formatted(model));
        assertThat(gateway.chat(body).header("x-penstock-model")).isEqualTo(TestGateway.CHAT);
        lift(stop);
        make("{\"model\": \"%s\", \"reason\": \"answers nonsense\"}".formatted(alias));
        assertThat(gateway.chat(body).code()).isEqualTo("calls_stopped");
        assertThat(gateway.chat(TestGateway.HELLO).status()).isEqualTo(200);
    }

    /** It goes on to its end where it is; it is not begun anew at what was stopped meanwhile. */
    @ParameterizedTest
    @ValueSource(strings = {"the other model", "the alias", "the tenant"})
    void aCallUnderWayIsNotTriedElsewhereOnceItIsStopped(String what) throws Exception {
        String first = "first-" + UUID.randomUUID();
        String second = "second-" + UUID.randomUUID();
        try (SimModelServer failing = TestGateway.engine(EngineSettings.of("served-first"), ModelPace.quick()); ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor()) {
            gateway.publish(new EndpointId(UUID.randomUUID()), 1, first, false, failing.url(), "served-first", "CHAT").is(200);
            gateway.publish(new EndpointId(UUID.randomUUID()), 1, second, false, gateway.chat.url(), "served-chat", "CHAT").is(200);
            String alias = alias(first, second);
            failing.faults().add(new ModelFault.Hang(0));
            Future<Reply> call = caller.submit(() -> gateway.chat(TestGateway.HELLO.replace(TestGateway.CHAT, alias)));
            await().atMost(Duration.ofSeconds(30)).until(() -> failing.log().running() == 1);
            switch (what) {
                case "the tenant" -> stopTenant("a key is out");
                case "the alias" -> make("{\"model\": \"%s\", \"reason\": \"answers nonsense\"}".formatted(alias));
                default -> make("{\"model\": \"%s\", \"reason\": \"answers nonsense\"}".formatted(second));
            }
            failing.close();
            assertThat(call.get().status()).as(call.get().http().body()).isEqualTo(502);
            assertThat(gateway.chat.log().entries()).as("the other was not asked").isEmpty();
        }
    }

    private String alias(String first, String otherwise) {
        String alias = "alias-" + UUID.randomUUID();
        aliases.add(alias);
        SERVICE.send(SERVICE.admin(), "PUT", "/api/aliases/" + alias + "/1", """
                {"strategy": "WEIGHTED", "targets": [{"model": "%s", "tier": 0, "weight": 1}, {"model": "%s", "tier": 1, "weight": 1}]}""".formatted(first, otherwise)).is(200);
        return alias;
    }

    private UUID stopTenant(String reason) {
        return make("{\"tenant\": \"%s\", \"reason\": \"%s\"}".formatted(gateway.tenant.id(), reason.replace("\"", "\\\"")));
    }

    private UUID make(String body) {
        UUID stop = UUID.randomUUID();
        stops.add(stop);
        SERVICE.send(SERVICE.admin(), "PUT", "/api/stops/" + stop, body).is(200);
        return stop;
    }

    private static void lift(UUID stop) {
        SERVICE.send(SERVICE.admin(), "POST", "/api/stops/" + stop + "/lift", "{\"reason\": \"over\"}").is(200);
    }
}
