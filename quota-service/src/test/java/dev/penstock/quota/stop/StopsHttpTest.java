package dev.penstock.quota.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.Answer;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Stopping and letting go over HTTP: once, on record, and with how far it reached. */
class StopsHttpTest {

    private static final RunningService SERVICE = RunningService.get();

    private final UUID id = UUID.randomUUID();
    private final TestTenant tenant = TestTenant.register();

    @AfterEach
    void letGo() {
        lift();
    }

    @Test
    void itStandsUntilItIsLiftedAndBothAreOnRecord() {
        JsonNode made = make(id, tenant("leaked keys")).is(200).body();
        assertThat(made.path("tenant").asString()).isEqualTo(tenant.id().toString());
        assertThat(made.path("tenantName").asString()).isEqualTo(tenant.name());
        assertThat(made.path("madeBy").asString()).isNotBlank();
        assertThat(made.path("liftedAt").isNull()).isTrue();
        assertThat(SERVICE.bean(Stops.class).of(tenant.id())).hasValueSatisfying(stop -> assertThat(stop.reason()).isEqualTo("leaked keys"));
        make(id, tenant("leaked keys")).is(200);
        make(id, tenant("something else")).isProblem(409, "exists_but_different");
        make(UUID.randomUUID(), tenant("again")).isProblem(409, "wrong_state");

        JsonNode lifted = lift().is(200).body();
        assertThat(lifted.path("liftReason").asString()).isEqualTo("over");
        assertThat(SERVICE.bean(Stops.class).of(tenant.id())).isEmpty();
        assertThat(lift().is(200).body().path("liftedAt").asString()).isEqualTo(lifted.path("liftedAt").asString());
        assertThat(SERVICE.column("select action || ': ' || reason from audit.entry where subject_id = '" + id + "' and outcome = 'done' order by at"))
                .containsExactly("stop.make: leaked keys", "stop.lift: over");
        assertThat(SERVICE.column("select state from quota.change where kind = 'stop' and subject = '" + id + "' order by 1")).containsExactly("LIFTED", "STANDING");
    }

    @Test
    void afterItWasLiftedTheSameCanBeStoppedAgain() {
        make(id, tenant("once")).is(200);
        lift().is(200);
        UUID next = UUID.randomUUID();
        make(next, tenant("twice")).is(200);
        SERVICE.send(SERVICE.admin(), "POST", "/api/stops/" + next + "/lift", "{\"reason\": \"over\"}").is(200);
    }

    @Test
    void eachReplicaNotesHowSoonItRefused() {
        make(id, tenant("leaked keys")).is(200);
        JsonNode reached = await().atMost(Duration.ofSeconds(30)).until(this::reached, reach -> reach.size() == 1 && !reach.path(0).path("millis").isNull());
        assertThat(reached.path(0).path("millis").asLong()).isBetween(0L, 30_000L);
        assertThat(reached.path(0).path("fromItsStart").asBoolean()).isFalse();
        assertThat(SERVICE.column("select count(*) from quota.stop_reach r join quota.stop s on s.id = r.stop_id where s.id = '" + id + "' and r.since >= s.made_at")).containsExactly("1");
    }

    /** One that lives and has not noted it is shown, and one that is gone is not waited for. */
    @Test
    void aReplicaThatHasNotHeardOfItIsNamed() {
        String silent = "silent-" + id;
        SERVICE.execute("""
                insert into quota.replica (name, epoch, started_at, told_at, places, places_taken, ends_waiting, copies)
                values ('%1$s', 1, now() - interval '1 day', now(), 1, 0, 0, '{}'), ('gone-%1$s', 1, now(), now() - interval '2 minutes', 1, 0, 0, '{}')""".formatted(silent));
        try {
            make(id, tenant("leaked keys")).is(200);
            List<JsonNode> named = reached().valueStream().filter(each -> each.path("replica").asString().contains(silent)).toList();
            assertThat(named).hasSize(1);
            assertThat(named.getFirst().path("replica").asString()).isEqualTo(silent);
            assertThat(named.getFirst().path("millis").isNull()).isTrue();
        } finally {
            SERVICE.execute("delete from quota.replica where name like '%" + silent + "'");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"reason": "neither"}                                                                        | 400 | invalid_input
            {"tenant": "%1$s", "model": "m", "reason": "both"}                                           | 400 | invalid_input
            {"tenant": "%1$s"}                                                                           | 400 | invalid_input
            {"tenant": "%1$s", "reason": " "}                                                            | 400 | invalid_input
            {"model": "nobody-serves-this", "reason": "r"}                                               | 400 | invalid_input
            {"tenant": "00000000-0000-0000-0000-00000000dead", "reason": "r"}                            | 404 | not_found
            """)
    void whatCannotBeStoppedIsRefused(String body, int status, String code) {
        make(id, body.formatted(tenant.id())).isProblem(status, code);
        lift().isProblem(404, "not_found");
    }

    /** Nobody who works for a tenant reads whether another is stopped. */
    @Test
    void aTenantsTransactionSeesNone() {
        make(id, tenant("leaked keys")).is(200);
        assertThat(SERVICE.bean(JobTransactions.class).inTenant(
                        Job.WEB, Actor.system("test"), tenant.id(), () -> SERVICE.bean(StopTable.class).list()))
                .isEmpty();
    }

    private JsonNode reached() {
        return SERVICE.send(SERVICE.admin(), "GET", "/api/stops", null).is(200).body().valueStream()
                .filter(stop -> stop.path("id").asString().equals(id.toString())).findFirst().orElseThrow().path("reached");
    }

    private String tenant(String reason) {
        return "{\"tenant\": \"%s\", \"reason\": \"%s\"}".formatted(tenant.id(), reason);
    }

    private static Answer make(UUID stop, String body) {
        return SERVICE.send(SERVICE.admin(), "PUT", "/api/stops/" + stop, body);
    }

    private Answer lift() {
        return SERVICE.send(SERVICE.admin(), "POST", "/api/stops/" + id + "/lift", "{\"reason\": \"over\"}");
    }
}
