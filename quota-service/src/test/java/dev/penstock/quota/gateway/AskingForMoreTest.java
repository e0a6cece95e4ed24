package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.quota.Answer;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.ModelPace;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** From a call that a limit refused to one that passes: asked by who was refused, decided by somebody else, once. */
class AskingForMoreTest {

    private static final RunningService SERVICE = RunningService.get();

    private TestGateway gateway;
    private String limit;

    @BeforeEach
    void aTenantOfTenTokens() {
        gateway = new TestGateway(ModelPace.quick());
        limit = UUID.randomUUID().toString();
        limited(10);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void limited(long amount) {
        SERVICE.send(SERVICE.admin(), "PUT", tenantPath() + "/limits/" + limit, """
                {"project": null, "meter": "TOKENS", "window": "MONTH", "amount": %d, "hard": true, "softPercent": 60, "reason": "for a test"}""".formatted(amount)).is(200);
    }

    private String tenantPath() {
        return "/api/tenants/" + gateway.tenant.id();
    }

    private Answer ask(UUID request, long amount, @Nullable String call) {
        return ask(gateway.member(), request, amount, call);
    }

    private Answer ask(String person, UUID request, long amount, @Nullable String call) {
        return SERVICE.send(person, "PUT", tenantPath() + "/limit-requests/" + request, """
                {"limit": "%s", "project": "%s", "amount": %d, "reason": "A demonstration on Friday", "call": %s}"""
                .formatted(limit, gateway.tenant.project(), amount, call == null ? "null" : "\"" + call + "\""));
    }

    private Answer act(String person, UUID request, String what, @Nullable String body) {
        return SERVICE.send(person, "POST", tenantPath() + "/limit-requests/" + request + "/" + what, body);
    }

    private Answer approve(UUID request, long present, long amount) {
        return act(SERVICE.admin(), request, "approve", "{\"present\": %d, \"amount\": %d, \"words\": \"For November\"}".formatted(present, amount));
    }

    private List<String> trail(String column) {
        return SERVICE.column("select %s from audit.entry where tenant_id = '%s' and action like '%%limit%%' and outcome = 'done' order by id".formatted(column, gateway.tenant.id()));
    }

    @Test
    void whoWasRefusedAsksAndPassesOnceItIsGranted() {
        Reply refused = gateway.chat(TestGateway.HELLO);
        assertThat(refused.status()).isEqualTo(429);
        JsonNode why = await().atMost(Duration.ofSeconds(10)).until(
                () -> SERVICE.send(gateway.member(), "GET", "/api/refusals/" + refused.call(), null), answer -> answer.status() == 200).body();
        assertThat(why.path("rule").path("limit").asString()).isEqualTo(limit);

        UUID request = UUID.randomUUID();
        JsonNode asked = ask(request, 5_000, refused.call()).is(200).body();
        assertThat(asked.path("state").asString()).isEqualTo("SUBMITTED");
        assertThat(asked.path("title").asString()).isEqualTo("tokens a month of the tenant " + gateway.tenant.name());
        assertThat(asked.path("before").asLong()).isEqualTo(10);
        assertThat(asked.path("call").asString()).isEqualTo(refused.call());
        assertThat(List.of(asked.path("mayDecide").asBoolean(), asked.path("mayWithdraw").asBoolean())).containsExactly(false, true);
        assertThat(gateway.chat(TestGateway.HELLO).status()).as("nothing is granted yet").isEqualTo(429);

        JsonNode granted = approve(request, 10, 4_000).is(200).body();
        assertThat(granted.path("state").asString()).isEqualTo("APPROVED");
        assertThat(granted.path("granted").asLong()).isEqualTo(4_000);
        assertThat(granted.path("words").asString()).isEqualTo("For November");
        assertThat(gateway.chat(TestGateway.HELLO).status()).isEqualTo(200);
        assertThat(SERVICE.column("select concat_ws(' ', amount, hard, soft_percent) from quota.limit_rule where id = '" + limit + "'")).containsExactly("4000 t 60");
        assertThat(trail("action")).containsExactly("limit.set", "limit-request.submit", "limit.set", "limit-request.approve");
        assertThat(trail("reason")).contains("Asked for by someone: A demonstration on Friday");
    }

    @Test
    void theSameAgainDoesNothingMoreAndSomethingElseIsRefused() {
        UUID request = UUID.randomUUID();
        ask(request, 500, null).is(200);
        ask(request, 500, null).is(200);
        ask(request, 501, null).isProblem(409, "exists_but_different");
        ask(UUID.randomUUID(), 600, null).isProblem(409, "wrong_state");
        approve(request, 10, 400).is(200);
        approve(request, 10, 400).is(200);
        approve(request, 10, 500).isProblem(409, "wrong_state");
        act(SERVICE.admin(), request, "reject", "{\"words\": \"No\"}").isProblem(409, "wrong_state");
        act(gateway.member(), request, "withdraw", null).isProblem(409, "wrong_state");
        assertThat(trail("action")).containsOnlyOnce("limit-request.submit").containsOnlyOnce("limit-request.approve");
    }

    @Test
    void nobodyDecidesTheirOwn() {
        // An administrator who is a member too.
        String both = SERVICE.issuer().person("both", gateway.tenant.memberGroup(), "penstock-admins");
        UUID request = UUID.randomUUID();
        assertThat(ask(both, request, 500, null).is(200).body().path("mayDecide").asBoolean()).isFalse();
        act(both, request, "approve", "{\"present\": 10, \"amount\": 500}").isProblem(403, "own_request");
        act(both, request, "reject", "{\"words\": \"No\"}").isProblem(403, "own_request");
        assertThat(approve(request, 10, 500).is(200).body().path("decidedBy").asString()).isNotEqualTo("both");
    }

    @Test
    void aLimitThatIsNotAsTheDeciderSawItStays() {
        UUID request = UUID.randomUUID();
        ask(request, 500, null).is(200);
        limited(300);
        approve(request, 10, 400).isProblem(409, "changed_meanwhile");
        assertThat(SERVICE.column("select amount from quota.limit_rule where id = '" + limit + "'")).containsExactly("300");
        approve(request, 300, 300).isProblem(400, "invalid_input");
        approve(request, 300, 501).isProblem(400, "invalid_input");
        SERVICE.send(SERVICE.admin(), "DELETE", tenantPath() + "/limits/" + limit, null).is(200);
        approve(request, 300, 400).isProblem(409, "changed_meanwhile");
        assertThat(act(SERVICE.admin(), request, "reject", "{\"words\": \"The limit is gone.\"}").is(200).body().path("state").asString()).isEqualTo("REJECTED");
    }

    @Test
    void ofManyDecisionsAtOnceOneHolds() {
        UUID request = UUID.randomUUID();
        ask(request, 5_000, null).is(200);
        List<Integer> answers = IntStream.range(0, 16).parallel().mapToObj(number -> number % 2 == 0
                ? approve(request, 10, 1_000 + number).status()
                : act(SERVICE.admin(), request, "reject", "{\"words\": \"No %d\"}".formatted(number)).status()).toList();
        assertThat(answers).containsOnly(200, 409);
        String state = SERVICE.column("select state from quota.limit_request where id = '" + request + "'").getFirst();
        String amount = SERVICE.column("select amount from quota.limit_rule where id = '" + limit + "'").getFirst();
        String granted = SERVICE.column("select coalesce(granted::text, '10') from quota.limit_request where id = '" + request + "'").getFirst();
        assertThat(amount).isEqualTo(granted);
        assertThat(trail("action").stream().filter(action -> action.matches("limit-request.(approve|reject)"))).as(state).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"10, 400, invalid_input", "9, 400, invalid_input", "0, 400, invalid_input"})
    void noMoreThanThereIsCannotBeAskedFor(long amount, int status, String code) {
        ask(UUID.randomUUID(), amount, null).isProblem(status, code);
    }

    @Test
    void whatWaitsTooLongLapsesAndMakesRoom() {
        UUID request = UUID.randomUUID();
        ask(request, 500, null).is(200);
        SERVICE.execute("update quota.limit_request set asked_at = now() - interval '15 days', lapses_at = now() - interval '1 day' where id = '" + request + "'");
        JsonNode listed = SERVICE.send(gateway.member(), "GET", "/api/limit-requests?tenant=" + gateway.tenant.id(), null).is(200).body();
        assertThat(listed.findValuesAsString("state")).containsExactly("LAPSED");
        approve(request, 10, 400).isProblem(409, "wrong_state");
        ask(UUID.randomUUID(), 600, null).is(200);
    }

    @Test
    void whoAskedWithdrawsAndAsksAnew() {
        UUID request = UUID.randomUUID();
        ask(request, 500, null).is(200);
        act(SERVICE.issuer().person("colleague", gateway.tenant.memberGroup()), request, "withdraw", null).isProblem(403, "not_allowed");
        act(gateway.member(), request, "withdraw", null).is(200);
        act(gateway.member(), request, "withdraw", null).is(200);
        approve(request, 10, 400).isProblem(409, "wrong_state");
        ask(UUID.randomUUID(), 600, null).is(200);
    }

    @Test
    void anotherTenantsLimitsAndRequestsAreLikeNone() {
        UUID request = UUID.randomUUID();
        ask(request, 500, null).is(200);
        try (TestGateway other = new TestGateway(ModelPace.quick())) {
            assertThat(SERVICE.send(other.member(), "GET", "/api/limit-requests", null).is(200).body()).isEmpty();
            SERVICE.send(other.member(), "PUT", "/api/tenants/" + other.tenant.id() + "/limit-requests/" + UUID.randomUUID(), """
                    {"limit": "%s", "project": "%s", "amount": 99, "reason": "x"}""".formatted(limit, other.tenant.project())).isProblem(404, "not_found");
            SERVICE.send(other.member(), "POST", tenantPath() + "/limit-requests/" + request + "/withdraw", null).isProblem(404, "not_found");
            SERVICE.send(SERVICE.admin(), "POST", "/api/tenants/" + other.tenant.id() + "/limit-requests/" + request + "/reject", "{\"words\": \"x\"}").isProblem(404, "not_found");
        }
    }
}
