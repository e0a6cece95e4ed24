package dev.penstock.quota.underway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.EndpointId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.journal.OwnJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What may be said of an endpoint as of a moment, on a real database. What replicas do in between is done step by step. */
class MomentsTest {

    private static final RunningService SERVICE = RunningService.get();
    private static final Actor ACTOR = Actor.system("test");
    private static final AtEndpoint QUIET = new AtEndpoint(true, 0, 0, 0);

    private final EndpointId endpoint = new EndpointId(UUID.randomUUID());
    private final JobTransactions transactions = SERVICE.bean(JobTransactions.class);
    private final LifeTable table = SERVICE.bean(LifeTable.class);
    private final Journal disk = OwnJournal.onDisk();
    private final Journal otherDisk = OwnJournal.onDisk();

    @BeforeEach
    @AfterEach
    void nobodyIsThere() {
        SERVICE.execute("delete from quota.life");
    }

    @AfterEach
    void closeDisks() {
        disk.close();
        otherDisk.close();
    }

    @Test
    void withoutLivesEverythingIsKnown() {
        assertThat(at(moment())).isEqualTo(QUIET);
    }

    @Test
    void aMomentIsQuietWhenAllHaveSaidSoSince() {
        TestLife one = new TestLife(SERVICE, "one", disk);
        TestLife two = new TestLife(SERVICE, "two", otherDisk);
        Instant moment = moment();
        assertThat(at(moment).told()).as("nobody has").isFalse();
        one.tells();
        assertThat(at(moment).told()).as("one has").isFalse();
        two.tells();
        assertThat(at(moment)).isEqualTo(QUIET);
        assertThat(at(moment()).told()).as("of a later one").isFalse();
    }

    @Test
    void whatIsUnderWayAnywhereIsTheSumOfWhatAllSay() {
        TestLife one = new TestLife(SERVICE, "one", disk);
        TestLife two = new TestLife(SERVICE, "two", otherDisk);
        Attempt first = one.begins(endpoint);
        Attempt second = two.begins(endpoint);
        two.begins(endpoint);
        one.begins(new EndpointId(UUID.randomUUID()));
        Instant moment = moment();
        one.tells();
        two.tells();
        assertThat(at(moment)).isEqualTo(new AtEndpoint(true, 3, 90, 21));
        one.settled(first);
        two.settled(second);
        one.tells();
        two.tells();
        assertThat(at(moment)).isEqualTo(new AtEndpoint(true, 1, 30, 7));
    }

    /** The database's time is read first, then what is under way. The other way round, what begins in between would not be in what is told. */
    @Test
    void whatIsToldIsNotOlderThanItClaims() {
        AtomicReference<Runnable> afterTheTime = new AtomicReference<>(() -> {});
        TestLife life = new TestLife(SERVICE, "one", disk, new LifeTable(SERVICE.bean(JdbcClient.class)) {
            @Override
            Instant now() {
                Instant now = super.now();
                afterTheTime.get().run();
                return now;
            }
        });
        Instant moment = moment();
        afterTheTime.set(() -> life.begins(endpoint));
        life.tells();
        assertThat(at(moment)).isEqualTo(new AtEndpoint(true, 1, 30, 7));
    }

    @Test
    void whatWasLookedAtBeforeTheMomentSaysNothingOfIt() {
        TestLife life = new TestLife(SERVICE, "one", disk);
        Instant asOf = moment();
        Map<EndpointId, Load> looked = life.underWay.loads();
        life.begins(endpoint);
        Instant moment = moment();
        assertThat(tell("one", asOf, looked)).isTrue();
        assertThat(at(moment).told()).isFalse();
    }

    @Test
    void anOlderWordDoesNotReplaceAYounger() {
        TestLife life = new TestLife(SERVICE, "one", disk);
        Instant before = moment();
        life.begins(endpoint);
        life.tells();
        assertThat(tell("one", before, Map.of())).isFalse();
        assertThat(at(before).attempts()).isOne();
    }

    @Test
    void whoDiedBetweenBeginningAndTellingIsWaitedForUntilItsJournalIsSettled() {
        TestLife dead = new TestLife(SERVICE, "one", disk);
        dead.tells();
        dead.begins(endpoint);
        TestLife next = new TestLife(SERVICE, "one", disk);
        Instant moment = moment();
        assertThat(at(moment).told()).as("nothing was known of it").isFalse();
        // Its journal is settled.
        next.tells();
        assertThat(at(moment)).isEqualTo(QUIET);
    }

    @Test
    void whatADeadOneHadStaysUnderWayUntilItsJournalIsSettled() {
        TestLife dead = new TestLife(SERVICE, "one", disk);
        dead.begins(endpoint);
        Instant moment = moment();
        dead.tells();
        TestLife next = new TestLife(SERVICE, "one", disk);
        assertThat(at(moment).attempts()).isOne();
        next.tells();
        assertThat(at(moment)).isEqualTo(QUIET);
    }

    /** Under the same name with an empty disk, it knows nothing of what the former one left. */
    @Test
    void anotherDiskSettlesNothingOfIt() {
        new TestLife(SERVICE, "one", disk).begins(endpoint);
        TestLife next = new TestLife(SERVICE, "one", otherDisk);
        Instant moment = moment();
        next.tells();
        assertThat(at(moment).told()).isFalse();
        next.own.over(disk.id());
        assertThat(at(moment).told()).as("somebody who tells has it, so what was imported was a copy").isFalse();
        // The journal turned up and was imported.
        SERVICE.execute("update quota.life set as_of = as_of - interval '10 seconds' where journal = '" + disk.id() + "'");
        next.own.over(disk.id());
        assertThat(at(moment)).isEqualTo(QUIET);
    }

    @Test
    void whoIsCutOffIsWaitedForAndHeardAgain() {
        TestLife one = new TestLife(SERVICE, "one", disk);
        TestLife two = new TestLife(SERVICE, "two", otherDisk);
        Attempt attempt = two.begins(endpoint);
        Instant moment = moment();
        one.tells();
        assertThat(at(moment).told()).isFalse();
        two.settled(attempt);
        two.tells();
        assertThat(at(moment)).isEqualTo(QUIET);
    }

    @Test
    void whoIsLostHoldsNothingUpForEverAndCountsAgainWhenItIsBack() {
        TestLife lost = new TestLife(SERVICE, "one", disk);
        lost.begins(endpoint);
        lost.tells();
        SERVICE.execute("update quota.life set as_of = as_of - interval '61 minutes'");
        Instant moment = moment();
        assertThat(at(moment)).isEqualTo(QUIET);
        lost.tells();
        assertThat(at(moment)).isEqualTo(new AtEndpoint(true, 1, 30, 7));
    }

    @Test
    void whoWasForgottenAndIsBackIsKnownAgain() {
        TestLife life = new TestLife(SERVICE, "one", disk);
        life.begins(endpoint);
        life.tells();
        SERVICE.execute("update quota.life set as_of = as_of - interval '8 days'");
        transactions.acrossTenants(Job.SETTLE, ACTOR, () -> moments().forget(Duration.ofDays(7)));
        Instant moment = moment();
        assertThat(at(moment)).isEqualTo(QUIET);
        life.tells();
        assertThat(at(moment)).isEqualTo(new AtEndpoint(true, 1, 30, 7));
    }

    @Test
    void aLifeThatHasEndedIsNotWaitedFor() {
        TestLife life = new TestLife(SERVICE, "one", disk);
        Attempt attempt = life.begins(endpoint);
        life.settled(attempt);
        life.own.stop();
        assertThat(at(moment())).isEqualTo(QUIET);
        assertThatThrownBy(() -> life.begins(endpoint)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aLifeThatStopsWithSomethingUnsettledIsWaitedFor() {
        TestLife life = new TestLife(SERVICE, "one", disk);
        life.begins(endpoint);
        life.own.stop();
        assertThat(at(moment()).told()).isFalse();
    }

    @Test
    void aLifeThatBeginsAfterTheMomentHadNothingUnderWayThen() {
        Instant moment = moment();
        new TestLife(SERVICE, "one", disk);
        assertThat(at(moment)).isEqualTo(QUIET);
    }

    @Test
    void waitingEndsWithTheLastWordOrWithPatience() {
        TestLife life = new TestLife(SERVICE, "one", disk);
        life.own.start();
        try {
            assertThat(at(moments().now(ACTOR))).isEqualTo(QUIET);
        } finally {
            life.own.rhythm().close();
        }
        assertThat(at(moments().now(ACTOR)).told()).as("nobody tells any more").isFalse();
    }

    private Instant moment() {
        return moments().clock(ACTOR);
    }

    private Moments moments() {
        return new Moments(transactions, table, TestLife.SETTINGS);
    }

    private AtEndpoint at(Instant moment) {
        return transactions.atOneMoment(Job.ORG, ACTOR, () -> moments().at(endpoint, moment));
    }

    private boolean tell(String name, Instant asOf, Map<EndpointId, Load> loads) {
        long epoch = Long.parseLong(SERVICE.column("select max(epoch) from quota.life where replica = '" + name + "'").getFirst());
        return transactions.acrossTenants(Job.SETTLE, ACTOR, () -> table.tell(new Life(name, epoch, disk.id()), asOf, loads));
    }
}
