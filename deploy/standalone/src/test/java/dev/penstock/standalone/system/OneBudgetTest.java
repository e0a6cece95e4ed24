package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Eight replicas, one budget of a thousand reservations and ten thousand calls at once; with kills, a replica that stands still, and a budget that shrinks. */
@Tag("long")
@Isolated
@Timeout(3600)
class OneBudgetTest {

    private static final int REPLICAS = 8;
    private static final int RESERVATIONS = 1_000;
    private static final int CALLS = 10_000;
    private static final int KILLS = 20;
    private static final int LATEST_KILL_MILLIS = 2_000;

    /** Longer than what it holds is good for. */
    private static final Duration FROZEN = Duration.ofSeconds(25);

    private static ReplicatedPenstock several;

    @BeforeAll
    static void start() {
        several = ReplicatedPenstock.start(
                REPLICAS, "gateway.most-calls-per-holder=" + CALLS, "gateway.most-calls=" + CALLS, "gateway.admission-queue=" + CALLS, "gateway.most-connections=" + CALLS,
                "allotment.life=10s", "allotment.read-resting=5s", "allotment.slot-life=12s", "allotment.slots-taken-back=15s",
                "database.settle.pool-size=5", "database.snapshot.pool-size=2");
    }

    @AfterAll
    static void stop() {
        several.close();
    }

    @Test
    void allOfItIsUsedAndNothingMore() {
        new OneBudget(several, "budget", RESERVATIONS).play(CALLS, CALLS).requireAllOfIt();
    }

    @Test
    void withTwentyKillsNothingMoreIsUsed() {
        OneBudget budget = new OneBudget(several, "killed", RESERVATIONS);
        CompletableFuture<OneBudget.Outcome> calls = CompletableFuture.supplyAsync(() -> budget.play(CALLS, CALLS / 20));
        Random random = new Random(KILLS);
        for (int kill = 0; kill < KILLS; kill++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LATEST_KILL_MILLIS)));
            Replica replica = several.replicas().get(random.nextInt(REPLICAS));
            replica.process().kill();
            replica.process().startAgain();
        }
        calls.join().requireWithin((long) OneBudget.TOKENS * RESERVATIONS);
    }

    @Test
    void aReplicaThatStandsStillHoldsNoMoreThanItsShare() {
        OneBudget budget = new OneBudget(several, "frozen", RESERVATIONS);
        CompletableFuture<OneBudget.Outcome> calls = CompletableFuture.supplyAsync(() -> budget.play(CALLS, CALLS / 20));
        Eventually.eventually("some calls are under way", Duration.ofSeconds(30), () -> budget.taken() > (long) OneBudget.TOKENS * RESERVATIONS / 10);
        Replica still = several.replicas().getLast();
        still.freeze();
        try {
            LockSupport.parkNanos(FROZEN.toNanos());
        } finally {
            still.thaw();
        }
        calls.join().requireWithin((long) OneBudget.TOKENS * RESERVATIONS);
    }

    @Test
    void aBudgetThatShrinksUnderLoadIsNotUsedBeyondWhatWasTakenByThen() {
        OneBudget budget = new OneBudget(several, "lowered", RESERVATIONS);
        CompletableFuture<OneBudget.Outcome> calls = CompletableFuture.supplyAsync(() -> budget.play(CALLS, CALLS / 20));
        long half = (long) OneBudget.TOKENS * RESERVATIONS / 2;
        Eventually.eventually("some calls are under way", Duration.ofSeconds(30), () -> budget.taken() > half / 5);
        budget.set(RESERVATIONS / 2);
        long taken = budget.taken();
        OneBudget.Outcome outcome = calls.join();
        // What was taken by then may be more than is allowed now. That nothing is beyond a limit can be asked of the one that it was.
        budget.set(RESERVATIONS);
        outcome.requireWithin(Math.max(half, taken));
        assertThat(budget.taken()).as("used in the end").isLessThanOrEqualTo(Math.max(half, taken));
    }
}
