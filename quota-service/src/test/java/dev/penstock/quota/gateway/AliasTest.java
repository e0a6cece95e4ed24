package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.EndpointId;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.EngineSettings;
import dev.penstock.simulators.model.ModelLog;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.SimModelServer;
import dev.penstock.simulators.model.fault.ModelFault;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A name that stands for two models at two engines: who answers, who is asked next, and what is paid. */
class AliasTest {

    private static final RunningService SERVICE = RunningService.get();

    private final String alias = "alias-" + UUID.randomUUID();
    private final EndpointId spareEndpoint = new EndpointId(UUID.randomUUID());
    private TestGateway gateway;
    private SimModelServer spare;
    private int version;

    @BeforeEach
    void start() {
        gateway = new TestGateway(ModelPace.quick());
        spare = TestGateway.engine(EngineSettings.of("served-spare"), ModelPace.quick());
        gateway.publish(spareEndpoint, 1, "vision/spare", false, spare.url(), "served-spare", "CHAT").is(200);
        make("WEIGHTED", target(TestGateway.CHAT, 0), target("vision/spare", 1));
    }

    @AfterEach
    void stop() {
        make("WEIGHTED");
        gateway.close();
        spare.close();
    }

    private static String target(String model, int tier) {
        return "{\"model\": \"%s\", \"tier\": %d, \"weight\": 1}".formatted(model, tier);
    }

    private void make(String strategy, String... targets) {
        version++;
        SERVICE.send(SERVICE.admin(), "PUT", "/api/aliases/" + alias + "/" + version,
                "{\"strategy\": \"%s\", \"targets\": [%s]}".formatted(strategy, String.join(",", targets))).is(200);
    }

    private static Reply models(TestGateway gateway, String path) {
        return TestGateway.send(gateway.key, "GET", "/v1/models" + path, null);
    }

    private Reply call() {
        return gateway.chat(TestGateway.HELLO.replace(TestGateway.CHAT, alias));
    }

    private Reply stream() {
        return gateway.chat(TestGateway.HELLO.replace(TestGateway.CHAT, alias).replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\""));
    }

    private List<String> rows(Reply reply, int attempts) {
        return await().atMost(Duration.ofSeconds(10)).until(() -> gateway.rows(reply.call()), rows -> rows.size() == attempts);
    }

    @Test
    void theFirstTierAnswersAndItsModelIsTold() {
        Reply reply = call();
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        assertThat(reply.header("x-penstock-model")).isEqualTo(TestGateway.CHAT);
        assertThat(reply.header("x-penstock-endpoint")).isEqualTo(gateway.chatEndpoint.toString());
        assertThat(reply.header("x-penstock-attempts")).isEmpty();
        assertThat(spare.log().entries(reply.call())).isEmpty();
        rows(reply, 1);
        assertThat(SERVICE.column("""
                select m.model from quota.usage u join quota.usage_model m on m.tenant_id = u.tenant_id and m.id = u.model
                 where u.tenant_id = '%s' and u.call_id = '%s'""".formatted(gateway.tenant.id(), reply.call()))).containsExactly(TestGateway.CHAT);
    }

    @Test
    void itIsListedWithModelsAndUnknownToWhoMayCallNoneOfIts() {
        assertThat(models(gateway, "/" + alias).status()).isEqualTo(200);
        Reply list = models(gateway, "");
        assertThat(list.json().path("data").findValuesAsString("id")).contains(alias, TestGateway.CHAT, "vision/spare");
        try (TestGateway other = new TestGateway(ModelPace.quick())) {
            // Its own project has a model of the first target's name, and no spare.
            assertThat(other.chat(TestGateway.HELLO.replace(TestGateway.CHAT, alias)).header("x-penstock-endpoint")).isEqualTo(other.chatEndpoint.toString());
            make("WEIGHTED", target("vision/spare", 0));
            Reply unknown = other.chat(TestGateway.HELLO.replace(TestGateway.CHAT, alias));
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.message()).isEqualTo("The model `" + alias + "` does not exist or you do not have access to it.");
            assertThat(models(other, "").json().path("data").findValuesAsString("id")).doesNotContain(alias);
        }
    }

    @Test
    void whoMakesKeysSeesItWithWhatItStandsFor() {
        JsonNode view = SERVICE.send(gateway.member(), "GET", "/api/tenants/" + gateway.tenant.id() + "/projects/" + gateway.tenant.project() + "/gateway", null).is(200).body();
        JsonNode seen = view.path("aliases").valueStream().filter(each -> each.path("name").asString().equals(alias)).findFirst().orElseThrow();
        assertThat(seen.path("models").valueStream().map(JsonNode::asString)).containsExactly(TestGateway.CHAT, "vision/spare");
    }

    @Test
    void aKeyForTheNameMayCallItAndNotWhatItStandsFor() {
        String key = gateway.makeKey("by its name only", "[\"" + alias + "\"]");
        assertThat(TestGateway.send(key, "POST", "/v1/chat/completions", TestGateway.HELLO.replace(TestGateway.CHAT, alias)).status()).isEqualTo(200);
        assertThat(TestGateway.send(key, "POST", "/v1/chat/completions", TestGateway.HELLO).status()).isEqualTo(404);
    }

    @Test
    void oneThatCannotBeReachedIsPassedOverAndLaterLeftOut() {
        gateway.chat.close();
        for (int failure = 0; failure < 3; failure++) {
            Reply reply = call();
            assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
            assertThat(reply.header("x-penstock-model")).isEqualTo("vision/spare");
            assertThat(reply.header("x-penstock-attempts")).isEqualTo("2");
            ModelLog.Entry produced = spare.log().entries(reply.call()).getFirst();
            assertThat(rows(reply, 2)).containsExactly("503 counted 0 0", "200 counted " + produced.prompt() + " " + produced.completion());
        }
        Reply reply = call();
        assertThat(reply.header("x-penstock-attempts")).as("it is not asked any more").isEmpty();
        assertThat(rows(reply, 1)).hasSize(1);
    }

    /** The first engine has worked, and its client never heard of it: that is the platform's loss. */
    @Test
    void whoeverWasAnsweredByTheSecondPaysOnce() {
        gateway.chat.faults().add(new ModelFault.Cut(0));
        Reply reply = call();
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        ModelLog.Entry paid = spare.log().entries(reply.call()).getFirst();
        assertThat(rows(reply, 2)).containsExactly("502 estimated 0 0", "200 counted " + paid.prompt() + " " + paid.completion());
    }

    @Test
    void aStreamThatHadNotBegunIsAskedElsewhereAndOneThatHadIsNot() {
        gateway.chat.faults().add(new ModelFault.Cut(0));
        Reply whole = stream();
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.http().body()).endsWith("data: [DONE]\n\n");
        assertThat(whole.header("x-penstock-attempts")).isEqualTo("2");

        gateway.chat.faults().liftAll();
        gateway.chat.faults().add(new ModelFault.Cut(4));
        Reply broken = stream();
        assertThat(broken.http().body()).contains("broke off").doesNotContain("[DONE]");
        assertThat(spare.log().entries(broken.call())).isEmpty();
        assertThat(rows(broken, 1)).hasSize(1);
    }

    @Test
    void aRequestThatOneDoesNotAcceptIsNotTakenToAnother() {
        gateway.chat.faults().add(new ModelFault.Answer(400, 0));
        Reply reply = call();
        assertThat(reply.status()).isEqualTo(400);
        assertThat(spare.log().entries(reply.call())).isEmpty();
    }

    @Test
    void whereBothFailTheLastOnesFailureIsTold() {
        gateway.chat.faults().add(new ModelFault.Answer(500, 0));
        spare.faults().add(new ModelFault.Answer(429, 1));
        Reply reply = call();
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("model_overloaded");
        assertThat(rows(reply, 2)).containsExactly("502 counted 0 0", "503 counted 0 0");
    }

    @Test
    void aSessionStaysWithOne() {
        make("SESSION", target(TestGateway.CHAT, 0), target("vision/spare", 0));
        Set<String> answered = new HashSet<>();
        for (int session = 0; session < 12; session++) {
            Set<String> ofThis = new HashSet<>();
            for (int call = 0; call < 3; call++) {
                Reply reply = TestGateway.send(gateway.key, "POST", "/v1/chat/completions", TestGateway.HELLO.replace(TestGateway.CHAT, alias), Locating.SESSION_HEADER, "s" + session);
                ofThis.add(reply.header("x-penstock-model"));
            }
            assertThat(ofThis).as("session " + session).hasSize(1);
            answered.addAll(ofThis);
        }
        assertThat(answered).containsExactlyInAnyOrder(TestGateway.CHAT, "vision/spare");
    }

    @Test
    void oneThatIsWithdrawnIsUnknown() {
        make("WEIGHTED");
        Reply reply = call();
        assertThat(reply.status()).isEqualTo(404);
        make("WEIGHTED", target(TestGateway.CHAT, 0));
        assertThat(call().status()).isEqualTo(200);
    }
}
