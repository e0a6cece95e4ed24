package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.quota.Answer;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.ModelPace;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a client is told when there is not enough left. */
class LimitedCallTest {

    private static final RunningService SERVICE = RunningService.get();

    @Test
    void aBudgetThatIsSpentAsksNobodyToComeBack() {
        try (TestGateway gateway = new TestGateway(ModelPace.quick())) {
            limit(gateway, "TOKENS", "MONTH", 10);
            Reply reply = gateway.chat(TestGateway.HELLO);
            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.code()).isEqualTo("insufficient_quota");
            assertThat(reply.json().path("error").path("type").asString()).isEqualTo("insufficient_quota");
            assertThat(reply.header("x-should-retry")).isEqualTo("false");
            assertThat(reply.header("retry-after")).isEmpty();
            assertThat(reply.message()).contains("tokens a month", "of 10 used", "more than the whole limit");
            assertThat(gateway.chat.log().entries(reply.call())).isEmpty();
            assertThat(gateway.open()).isZero();
            assertThat(TestGateway.send(gateway.key, "GET", "/v1/models", null).status()).as("listing costs nothing").isEqualTo(200);
        }
    }

    @Test
    void aRateAsksToWaitUntilTheWindowEnds() {
        try (TestGateway gateway = new TestGateway(ModelPace.quick())) {
            limit(gateway, "REQUESTS", "HOUR", 2);
            Reply first = gateway.chat(TestGateway.HELLO);
            assertThat(first.status()).as(first.http().body()).isEqualTo(200);
            assertThat(first.header("x-ratelimit-limit-requests")).isEqualTo("2");
            assertThat(first.header("x-ratelimit-remaining-requests")).isEqualTo("1");
            assertThat(first.header("x-ratelimit-reset-requests")).matches("(\\d+h)?(\\d+m)?\\d+s|\\d+ms");
            assertThat(gateway.chat(TestGateway.HELLO).status()).isEqualTo(200);
            Reply third = gateway.chat(TestGateway.HELLO);
            assertThat(third.status()).isEqualTo(429);
            assertThat(third.code()).isEqualTo("rate_limit_exceeded");
            assertThat(third.json().path("error").path("type").asString()).isEqualTo("requests");
            assertThat(Long.parseLong(third.header("retry-after"))).isBetween(1L, 3_600L);
            assertThat(Long.parseLong(third.header("retry-after-ms"))).isBetween(1L, 3_600_000L);
            assertThat(third.header("x-should-retry")).isEmpty();
        }
    }

    /** Known by the first call: a member by their group is not known before. */
    @Test
    void aPersonIsToldOfTheirOwnLimitAndOfTheModelItIsFor() {
        try (TestGateway gateway = new TestGateway(ModelPace.quick())) {
            assertThat(limitPerson(gateway, "TOKENS", 10).status()).isEqualTo(400);
            gateway.row(chat(gateway).call());

            limitPerson(gateway, "REQUESTS", 2).is(200);
            Reply second = chat(gateway);
            assertThat(second.header("x-ratelimit-limit-requests")).isEqualTo("2");
            assertThat(second.header("x-ratelimit-remaining-requests")).isEqualTo("0");
            Reply third = chat(gateway);
            assertThat(third.status()).isEqualTo(429);
            assertThat(third.code()).isEqualTo("insufficient_quota");
            assertThat(third.header("x-penstock-limit-owner")).isEqualTo("person");
            assertThat(third.header("x-ratelimit-limit-requests")).isEqualTo("2");
            assertThat(third.message()).contains("requests a day for vision/chat of the person someone");
            assertThat(gateway.chat(TestGateway.HELLO).status()).as("keys count for themselves").isEqualTo(200);
        }
    }

    @Test
    void aSoftLimitTellsACallerNothing() {
        try (TestGateway gateway = new TestGateway(ModelPace.quick())) {
            SERVICE.send(SERVICE.admin(), "PUT", "/api/tenants/" + gateway.tenant.id() + "/limits/" + UUID.randomUUID(), """
                    {"meter": "TOKENS", "window": "DAY", "amount": 1, "hard": false}""").is(200);
            Reply reply = gateway.chat(TestGateway.HELLO);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("x-ratelimit-limit-tokens")).isEmpty();
        }
    }

    private static Reply chat(TestGateway gateway) {
        return TestGateway.send(gateway.member(), "POST", "/v1/chat/completions", TestGateway.HELLO, "x-penstock-project", gateway.tenant.project().toString());
    }

    private static Answer limitPerson(TestGateway gateway, String meter, long amount) {
        return SERVICE.send(SERVICE.admin(), "PUT", "/api/tenants/" + gateway.tenant.id() + "/limits/" + UUID.randomUUID(), """
                {"project": "%s", "person": "someone", "meter": "%s", "models": ["%s"], "window": "DAY", "amount": %d, "reason": "for a test"}"""
                .formatted(gateway.tenant.project(), meter, TestGateway.CHAT, amount));
    }

    private static void limit(TestGateway gateway, String meter, String window, long amount) {
        SERVICE.send(SERVICE.admin(), "PUT", "/api/tenants/" + gateway.tenant.id() + "/limits/" + UUID.randomUUID(), """
                {"project": null, "meter": "%s", "window": "%s", "amount": %d, "reason": "for a test"}""".formatted(meter, window, amount)).is(200);
    }
}
