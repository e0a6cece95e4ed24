package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.EndpointId;
import dev.penstock.quota.Answer;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.EngineSettings;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.SimModelServer;
import dev.penstock.simulators.model.fault.ModelFault;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A model of our own that is not given everything: data of a higher class, or of none, never come to it by any way. */
class ModelClassTest {

    private static final RunningService SERVICE = RunningService.get();

    private final String plain = "plain-" + UUID.randomUUID();
    private final EndpointId endpoint = new EndpointId(UUID.randomUUID());
    private TestGateway gateway;
    private TestUpstream project;

    @BeforeEach
    void start() {
        gateway = new TestGateway(ModelPace.quick());
        gateway.publish(endpoint, 1, plain, false, gateway.chat.url(), "served-chat", "CHAT").is(200);
        project = new TestUpstream(SERVICE, gateway);
    }

    @AfterEach
    void stop() {
        project.close();
        gateway.close();
    }

    private Answer given(String dataClass, int version) {
        return SERVICE.send(SERVICE.admin(), "PUT", "/api/tenants/" + gateway.tenant.id() + "/endpoints/" + endpoint + "/data-class/" + version,
                "{\"dataClass\": \"" + dataClass + "\", \"reason\": \"its logs are read by others\"}");
    }

    private Reply call(String model) {
        return gateway.chat(TestGateway.HELLO.replace(TestGateway.CHAT, model));
    }

    private List<String> models() {
        return TestGateway.send(gateway.key, "GET", "/v1/models", null).json().path("data").findValuesAsString("id");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            -,            -,            200
            -,            PUBLIC,       404
            -,            RESTRICTED,   200
            INTERNAL,     INTERNAL,     200
            PUBLIC,       INTERNAL,     200
            CONFIDENTIAL, INTERNAL,     404
            RESTRICTED,   CONFIDENTIAL, 404
            RESTRICTED,   -,            200
            """)
    void whoMayCallIt(String data, String takes, int status) {
        if (data != null) {
            project.declare(data);
        }
        if (takes != null) {
            given(takes, 1).is(200);
        }
        Reply reply = call(plain);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(models().contains(plain)).isEqualTo(status == 200);
        if (status == 404) {
            Reply unknown = call("no-such-model");
            assertThat(reply.message()).isEqualTo(unknown.message().replace("no-such-model", plain));
            assertThat(reply.code()).isEqualTo(unknown.code());
            assertThat(gateway.chat.log().entries(reply.call())).isEmpty();
        }
    }

    @Test
    void whatWasDeclaredHoldsAtOnceAndIsOnRecord() {
        project.declare("CONFIDENTIAL");
        assertThat(call(plain).status()).isEqualTo(200);
        given("INTERNAL", 1).is(200);
        assertThat(call(plain).status()).isEqualTo(404);
        given("INTERNAL", 1).is(200);
        given("PUBLIC", 1).isProblem(409, "changed_meanwhile");
        given("CONFIDENTIAL", 2).is(200);
        assertThat(call(plain).status()).isEqualTo(200);
        JsonNode listed = SERVICE.send(gateway.member(), "GET", "/api/tenants/" + gateway.tenant.id() + "/model-classes", null).is(200).body();
        assertThat(listed.valueStream().filter(each -> each.path("model").asString().equals(plain)).map(each -> each.path("version") + " " + each.path("takes").asString()))
                .containsExactly("2 CONFIDENTIAL");
        assertThat(SERVICE.column("select after ->> 'takes' from audit.entry where subject_id = '" + endpoint + "' and action = 'model-class.declare' and outcome = 'done' order by id"))
                .containsExactly("INTERNAL", "CONFIDENTIAL");
    }

    /** An alias leads past it, also when all others fail. */
    @Test
    void noAliasAndNoFallBackLeadsThere() {
        project.declare("CONFIDENTIAL");
        given("PUBLIC", 1).is(200);
        project.alias(plain, TestGateway.CHAT);
        assertThat(call(project.name).header("x-penstock-model")).isEqualTo(TestGateway.CHAT);

        EndpointId dead = new EndpointId(UUID.randomUUID());
        String failing = "dead-" + UUID.randomUUID();
        gateway.publish(dead, 1, failing, false, "http://127.0.0.1:9", "served-chat", "CHAT").is(200);
        project.alias(failing, plain);
        Reply refused = call(project.name);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(gateway.chat.log().entries(refused.call())).isEmpty();
        given("CONFIDENTIAL", 2).is(200);
        assertThat(call(project.name).header("x-penstock-model")).isEqualTo(plain);
    }

    /** A second attempt asks again. */
    @Test
    void whatIsLoweredWhileTheFirstAttemptRunsHoldsForTheNext() throws Exception {
        String first = "first-" + UUID.randomUUID();
        project.declare("CONFIDENTIAL");
        try (SimModelServer failing = TestGateway.engine(EngineSettings.of("served-first"), ModelPace.quick()); ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor()) {
            gateway.publish(new EndpointId(UUID.randomUUID()), 1, first, false, failing.url(), "served-first", "CHAT").is(200);
            project.alias(first, plain);
            failing.faults().add(new ModelFault.Hang(0));
            Future<Reply> call = caller.submit(() -> call(project.name));
            await().atMost(Duration.ofSeconds(30)).until(() -> failing.log().running() == 1);
            given("PUBLIC", 1).is(200);
            failing.close();
            assertThat(call.get().status()).as(call.get().http().body()).isEqualTo(502);
            assertThat(gateway.chat.log().entries(call.get().call())).as("the other was not asked").isEmpty();
        }
    }

    /** Of a shared model too, whosever it is. */
    @Test
    void anotherTenantsProjectIsHeldToIt() {
        String shared = "shared-" + UUID.randomUUID();
        gateway.publish(endpoint, 2, shared, true, gateway.chat.url(), "served-chat", "CHAT", RunningService.SKU).is(200);
        try (TestGateway other = new TestGateway(ModelPace.quick()); TestUpstream theirs = new TestUpstream(SERVICE, other)) {
            String body = TestGateway.HELLO.replace(TestGateway.CHAT, shared);
            given("INTERNAL", 1).is(200);
            assertThat(other.chat(body).code()).isEqualTo("model_not_found");
            theirs.declare("INTERNAL");
            assertThat(other.chat(body).code()).isNotEqualTo("model_not_found");
            theirs.declare("CONFIDENTIAL");
            assertThat(other.chat(body).code()).isEqualTo("model_not_found");
        }
    }

    @Test
    void anotherTenantsEndpointIsLikeNone() {
        try (TestGateway other = new TestGateway(ModelPace.quick())) {
            SERVICE.send(SERVICE.admin(), "PUT", "/api/tenants/" + other.tenant.id() + "/endpoints/" + endpoint + "/data-class/1", "{\"dataClass\": \"PUBLIC\", \"reason\": \"x\"}")
                    .isProblem(404, "not_found");
            assertThat(SERVICE.send(other.member(), "GET", "/api/tenants/" + other.tenant.id() + "/model-classes", null).is(200).body().findValuesAsString("model")).doesNotContain(plain);
        }
    }
}
