package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.EndpointId;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.EngineSettings;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.SimModelServer;
import java.math.BigInteger;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes before a budget refuses, where replicas draw ahead of it. */
class LadderTest {

    private static RunningService own;

    private TestGateway gateway;
    private SimModelServer small;

    @BeforeAll
    static void begin() {
        own = RunningService.another("--penstock.admission.mode=allotments");
    }

    @AfterAll
    static void end() {
        own.stop();
    }

    @BeforeEach
    void start() {
        gateway = new TestGateway(own, own.bean(Gateway.class).port(), ModelPace.quick());
        small = TestGateway.engine(EngineSettings.of("served-small"), ModelPace.quick());
        gateway.publish(new EndpointId(UUID.randomUUID()), 1, "vision/small", false, small.url(), "served-small", "CHAT").is(200);
    }

    @AfterEach
    void stop() {
        gateway.close();
        small.close();
    }

    private void limit(String meter, String window, long amount) {
        own.send(own.admin(), "PUT", "/api/tenants/" + gateway.tenant.id() + "/limits/" + UUID.randomUUID(), """
                {"project": null, "meter": "%s", "window": "%s", "amount": %d, "reason": "for a test"}""".formatted(meter, window, amount)).is(200);
    }

    private void ladder(String ladder) {
        own.send(own.admin(), "PUT", "/api/tenants/" + gateway.tenant.id() + "/projects/" + gateway.tenant.project() + "/steering/1",
                "{\"rules\": [], \"ladder\": %s, \"reason\": \"for a test\"}".formatted(ladder)).is(200);
    }

    private Reply chat(String body, String... headers) {
        return gateway.sendHere(gateway.key, "POST", "/v1/chat/completions", body, headers);
    }

    private String booked(Reply reply) {
        return await().atMost(Duration.ofSeconds(10)).until(() -> own.column("""
                select concat_ws('|', m.model, m.asked, m.why) from quota.usage u join quota.usage_model m on m.tenant_id = u.tenant_id and m.id = u.model
                 where u.tenant_id = '%s' and u.call_id = '%s'""".formatted(gateway.tenant.id(), reply.call())), rows -> rows.size() == 1).getFirst();
    }

    @Test
    void aNearlySpentBudgetWarnsThenDegradesAndThenRefuses() {
        limit("TOKENS_OUTPUT", "MONTH", 1_000);
        ladder("{\"warnAt\": 50, \"degradeAt\": 80, \"use\": null, \"mostOutput\": 3}");
        String call = TestGateway.HELLO.replace("\"max_tokens\":20", "\"max_tokens\":100");
        assertThat(chat(call).header("x-penstock-limit-warning")).isEmpty();

        Reply warned = until(call, reply -> !reply.header("x-penstock-limit-warning").isEmpty());
        assertThat(warned.header("x-penstock-limit-warning")).matches("tokens output a month of the tenant at (5|6|7)\\d %");
        assertThat(warned.header("x-penstock-steered")).isEmpty();
        assertThat(warned.header("x-penstock-max-tokens")).isEqualTo("100");

        Reply degraded = until(call, reply -> !reply.header("x-penstock-steered").isEmpty());
        assertThat(degraded.status()).isEqualTo(200);
        assertThat(degraded.header("x-penstock-steered")).isEqualTo("tokens output a month of the tenant at 80 %");
        assertThat(degraded.header("x-penstock-max-tokens")).isEqualTo("3");
        assertThat(gateway.chat.log().entries(degraded.call()).getFirst().completion()).isLessThanOrEqualTo(3);

        Reply last = until(call, reply -> reply.status() != 200);
        assertThat(last.status()).isEqualTo(429);
        assertThat(new BigInteger(own.column("select coalesce(sum(output), 0)::text from quota.usage where tenant_id = '%s'".formatted(gateway.tenant.id())).getFirst()))
                .isLessThanOrEqualTo(BigInteger.valueOf(1_000));
    }

    private Reply until(String call, Predicate<Reply> found) {
        return IntStream.range(0, 500).mapToObj(i -> chat(call)).filter(found).findFirst().orElseThrow();
    }

    @Test
    void aNearlySpentBudgetIsAnsweredByTheCheaperModel() {
        limit("TOKENS_OUTPUT", "DAY", 400);
        ladder("{\"warnAt\": 20, \"degradeAt\": 40, \"use\": \"vision/small\", \"mostOutput\": 10}");
        Reply degraded = until(TestGateway.HELLO, reply -> !reply.header("x-penstock-steered").isEmpty());
        assertThat(degraded.header("x-penstock-model")).isEqualTo("vision/small");
        assertThat(booked(degraded)).isEqualTo("vision/small|vision/chat|tokens output a day of the tenant at 40 %");
        Reply asAsked = chat(TestGateway.HELLO, "x-penstock-steering", "off");
        assertThat(asAsked.header("x-penstock-model")).isEqualTo(TestGateway.CHAT);
        assertThat(asAsked.header("x-penstock-limit-warning")).isNotEmpty();
    }
}
