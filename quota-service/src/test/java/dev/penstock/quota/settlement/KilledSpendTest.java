package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.Replica;
import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.admission.Verdict.Level;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessResourceFailureException;

/** Killed, or its answer lost, before every step: what comes after finds every attempt once in the books, and nothing held. */
class KilledSpendTest {

    /** Past the attempts' deadline and the margin. */
    private static final Duration LATER = Duration.ofMinutes(20);

    private final SpendBench bench = SpendBench.get();
    private final SpendBench.Tenant tenant = bench.tenant();
    private final LimitId tokens = tenant.limit(Level.TENANT, Meter.TOKENS, Window.LIFE, 1_000L);

    /** An Error, so that nothing that is there to handle failures can handle it. */
    private static final class Killed extends Error {

        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    @BeforeEach
    void more() {
        tenant.limit(Level.PROJECT, Meter.MONEY, Window.MONTH, 1_000_000_000_000L);
        tenant.limit(Level.KEY, Meter.CONCURRENCY, Window.NOW, 10L);
        tenant.limit(Level.KEY, Meter.REQUESTS, Window.MINUTE, 100L);
    }

    @AfterEach
    void nothingIsHeld() {
        bench.clock.followRealTime();
        assertThat(bench.steps.isSet()).as("the step was taken").isFalse();
        bench.isSoundAndQuiet(tenant);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "ADMIT_.*")
    void killedWhileAdmitting(Step step) {
        bench.steps.die(step, Killed::new);
        assertThatThrownBy(() -> tenant.admit(tenant.ask(100, 50))).isInstanceOf(Killed.class);
        bench.isSound(tenant);
        later();
        // Once the transaction has committed it counts, and nobody will ever tell how it ended.
        assertThat(tenant.usage("concat_ws(' ', status, estimated, input, output)"))
                .isEqualTo(step == Step.ADMIT_ANSWER ? List.of("503 t 100 50") : List.of());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "SETTLE_.*")
    void killedWhileSettlingAndSettledAgain(Step step) {
        Attempt attempt = tenant.admitted(tenant.ask(100, 50));
        bench.steps.die(step, Killed::new);
        assertThatThrownBy(() -> settle(attempt)).isInstanceOf(Killed.class);
        bench.isSound(tenant);
        settle(attempt);
        assertThat(tenant.usage("concat_ws(' ', status, estimated, input, output)")).containsExactly("200 f 90 10");
        assertThat(tenant.use(tokens)).isEqualTo("100/0");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "SETTLE_.*")
    void killedWhileSettlingAndFoundLater(Step step) {
        Attempt attempt = tenant.admitted(tenant.ask(100, 50));
        bench.steps.die(step, Killed::new);
        assertThatThrownBy(() -> settle(attempt)).isInstanceOf(Killed.class);
        later();
        assertThat(tenant.usage("concat_ws(' ', status, estimated, input, output)"))
                .containsExactly(step == Step.SETTLE_DONE ? "200 f 90 10" : "503 t 100 50");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "ADMIT_.*")
    void anAnswerThatIsLostIsAskedForAgain(Step step) {
        Ask ask = tenant.ask(100, 50);
        bench.steps.die(step, () -> new DataAccessResourceFailureException("the connection broke"));
        tenant.admitted(ask);
        assertThat(tenant.use(tokens)).isEqualTo("0/150");
        settle(ask.attempt());
        assertThat(tenant.use(tokens)).isEqualTo("100/0");
    }

    @Test
    void whatAnEarlierLifeLeftIsSettledAtOnce() {
        Attempt dead = tenant.admitted(tenant.ask(100, 50));
        Attempt living = tenant.admitted(tenant.ask(10, 5));
        bench.service.column("update quota.reservation set epoch = epoch - 1 where id = '%s' returning id".formatted(dead.call()));
        assertThat(bench.sweep.turn()).isGreaterThanOrEqualTo(1);
        assertThat(tenant.usage("call_id || ' ' || estimated")).containsExactly(dead.call() + " true");
        assertThat(tenant.use(tokens)).isEqualTo("150/15");
        bench.apply(tenant.id(), List.of(SpendBench.completed(living, 10, 5)));
    }

    @Test
    void anEndThatWaitsIsNotOverruled() {
        Attempt attempt = tenant.admitted(tenant.ask(100, 50));
        bench.settle(SpendBench.completed(attempt, 90, 10));
        later();
        assertThat(tenant.usage("concat_ws(' ', estimated, input, output)")).containsExactly("f 90 10");
    }

    /** Of several tenants, and of its own. */
    @Test
    void oneThatCannotBeSettledKeepsNobodyElseFromIt() {
        SpendBench.Tenant other = bench.tenant();
        Attempt stuck = tenant.admitted(tenant.ask(100, 50));
        tenant.admitted(tenant.ask(10, 5));
        other.admitted(other.ask(10, 5));
        bench.service.execute("update quota.intent set price_version = 999 where call_id = '%s'".formatted(stuck.call()));
        later();
        assertThat(List.of(tenant.usage("input"), other.usage("input"))).containsOnly(List.of("10"));
        assertThat(tenant.use(tokens)).isEqualTo("15/150");
        bench.service.execute("update quota.intent set price_version = 1 where call_id = '%s'".formatted(stuck.call()));
        bench.sweep.turn();
        assertThat(tenant.use(tokens)).isEqualTo("165/0");
    }

    @Test
    void anotherReplicaIsLeftAloneWhileItIsSeen() {
        Attempt others = tenant.admitted(tenant.ask(100, 50));
        bench.service.column("""
                with other as (insert into quota.replica (name, epoch, seen_at) values ('other', 1, '%s')
                               on conflict (name) do update set seen_at = excluded.seen_at returning name)
                update quota.reservation set replica = 'other' where id = '%s' returning id""".formatted(bench.clock.instant().plus(LATER), others.call()));
        later();
        assertThat(tenant.usage("call_id")).isEmpty();
        later();
        assertThat(tenant.usage("estimated")).containsExactly("t");
    }

    @Test
    void whoeverIsSupersededAdmitsNothing() {
        String ours = bench.service.bean(Replica.class).name();
        bench.service.column("update quota.replica set epoch = epoch + 1 where name = '%s' returning name".formatted(ours));
        assertThat(tenant.admit(tenant.ask(1, 1))).isEqualTo(new Verdict.Unavailable(Verdict.Reason.SUPERSEDED));
        bench.service.column("update quota.replica set epoch = epoch - 1 where name = '%s' returning name".formatted(ours));
        settle(tenant.admitted(tenant.ask(100, 10)));
    }

    private void settle(Attempt attempt) {
        bench.apply(tenant.id(), List.of(SpendBench.completed(attempt, 90, 10)));
    }

    private void later() {
        bench.clock.set(bench.clock.instant().plus(LATER));
        bench.sweep.turn();
        bench.sweep.turn();
    }
}
