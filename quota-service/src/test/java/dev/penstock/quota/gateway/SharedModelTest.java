package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.EngineSettings;
import dev.penstock.simulators.model.ModelLog;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.SimModelServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two tenants at one engine: the time that a prompt takes tells neither what the other has asked, whatever salts they bring. By the engine's own log. */
class SharedModelTest {

    private static final String QUESTION = "the quick brown fox jumps over the lazy dog ".repeat(20);

    private static SimModelServer engine;
    private static TestGateway one;
    private static TestGateway other;
    private static String model;

    @BeforeAll
    static void start() {
        RunningService service = RunningService.priced();
        int port = service.bean(Gateway.class).port();
        engine = TestGateway.engine(EngineSettings.of("served-shared").withPrefixCaching(), ModelPace.quick());
        one = new TestGateway(service, port, ModelPace.quick());
        other = new TestGateway(service, port, ModelPace.quick());
        model = "shared-" + one.tenant.name();
        one.publishShared(model, engine, RunningService.SKU);
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        engine.close();
    }

    @Test
    void noTenantFindsAnothersPromptInTheCache() {
        assertThat(cached(one, "unsalted", "")).as("nobody has asked this").isZero();
        assertThat(cached(other, "unsalted", "")).as("another tenant has").isZero();
        assertThat(cached(one, "unsalted", "")).as("its own").isPositive();
        assertThat(cached(other, "unsalted", "")).as("its own").isPositive();
    }

    /** A salt that was guessed, or agreed upon, opens no other tenant's cache. Within a tenant it separates as its caller wants. */
    @Test
    void theSameSaltOfTwoTenantsIsTwoSalts() {
        String salt = ", \"cache_salt\": \"agreed\"";
        assertThat(cached(one, "salted", salt)).isZero();
        assertThat(cached(other, "salted", salt)).isZero();
        assertThat(cached(one, "salted", "")).as("its own, without the salt").isZero();
        assertThat(cached(one, "salted", salt)).isPositive();
    }

    @Test
    void whatWasFoundInTheCacheIsBookedAsSuch() {
        cached(one, "booked", "");
        Reply again = ask(one, "booked", "");
        ModelLog.Entry produced = engine.log().entries(again.call()).getFirst();
        assertThat(one.row(again.call())).isEqualTo("200 counted " + produced.prompt() + " " + produced.completion());
        assertThat(RunningService.priced().column("select cache_read::text from quota.usage where call_id = '" + again.call() + "'"))
                .containsExactly("" + produced.cached());
    }

    private static long cached(TestGateway tenant, String topic, String salt) {
        return engine.log().entries(ask(tenant, topic, salt).call()).getFirst().cached();
    }

    private static Reply ask(TestGateway tenant, String topic, String further) {
        Reply reply = tenant.chat("{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + topic + " " + QUESTION + "\"}],\"max_tokens\":5" + further + "}");
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        return reply;
    }
}
