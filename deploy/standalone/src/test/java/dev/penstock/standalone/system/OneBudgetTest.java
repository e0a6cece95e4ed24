package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Eight replicas, one budget of a thousand reservations and ten thousand calls at once; with kills, a replica that stands still, and a budget that shrinks. */
@Tag("long")
@Isolated
@Timeout(3600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OneBudgetTest {

    private static final int REPLICAS = 8;
    private static final int RESERVATIONS = 1_000;
    private static final int CALLS = 10_000;
    private static final int KILLS = 20;
    private static final int LATEST_KILL_MILLIS = 2_000;

    private static final int PACED_CALLERS = 16;
    private static final int PACED_CALLS = 100 * PACED_CALLERS;
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** After so long a change holds at every replica. */
    private static final Duration HEARD = Duration.ofSeconds(2);

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
    @Order(1)
    void allOfItIsUsedAndNothingMore() {
        new OneBudget(several, "budget", RESERVATIONS).play(CALLS, CALLS).requireAllOfIt();
    }

    /** The last: programs that have just started keep both cores busy for long. */
    @Test
    @Order(5)
    void withTwentyKillsNothingMoreIsUsed() {
        OneBudget budget = new OneBudget(several, "killed", RESERVATIONS);
        CompletableFuture<OneBudget.Outcome> calls = begin(() -> budget.play(CALLS, CALLS / 20));
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
    @Order(4)
    void aReplicaThatStandsStillHoldsNoMoreThanItsShare() {
        OneBudget budget = new OneBudget(several, "frozen", RESERVATIONS);
        CompletableFuture<OneBudget.Outcome> calls = begin(() -> budget.play(CALLS, CALLS / 20));
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

    /** Callers who pause, so that there is much left when the change is heard of. */
    @Test
    @Order(2)
    void aBudgetThatShrinksUnderLoadIsUsedUpToWhatItIsNowAndNoFurther() {
        OneBudget budget = new OneBudget(several, "lowered", RESERVATIONS);
        CompletableFuture<OneBudget.Outcome> calls = begin(() -> budget.play(PACED_CALLS, PACED_CALLERS, PAUSE));
        Eventually.eventually("a tenth is used", Duration.ofSeconds(60), () -> budget.answered() > RESERVATIONS / 10);
        budget.set(RESERVATIONS / 2);
        long heard = System.nanoTime() + HEARD.toNanos();
        LockSupport.parkNanos(HEARD.toNanos());
        assertThat(budget.answered()).as("calls answered when every replica has heard of it: there is room left, or this tries nothing").isLessThan(RESERVATIONS / 2);
        OneBudget.Outcome outcome = calls.join();
        assertThat(outcome.admittedAfter(heard)).as("calls that still fitted").isPositive();
        assertThat(outcome.refusedAfter(heard)).as("calls that did not").isPositive();
        long half = (long) OneBudget.TOKENS * RESERVATIONS / 2;
        Books books = outcome.requireWithin(half);
        assertThat(books.booked(budget.lab())).as("all of what it is now").isEqualTo(half);
    }

    @Test
    @Order(3)
    void aBudgetThatShrinksBelowWhatIsUsedTakesNobodyMore() {
        OneBudget budget = new OneBudget(several, "below", RESERVATIONS);
        CompletableFuture<OneBudget.Outcome> calls = begin(() -> budget.play(PACED_CALLS, PACED_CALLERS, PAUSE));
        Eventually.eventually("a fifth is used", Duration.ofSeconds(60), () -> budget.answered() > RESERVATIONS / 5);
        budget.set(RESERVATIONS / 10);
        long heard = System.nanoTime() + HEARD.toNanos();
        OneBudget.Outcome outcome = calls.join();
        // That nothing is beyond a limit can be asked of the one that it was.
        budget.set(RESERVATIONS);
        outcome.requireWithin((long) OneBudget.TOKENS * RESERVATIONS / 2);
        assertThat(outcome.admittedAfter(heard)).as("calls that began two seconds after the change and were admitted").isZero();
        assertThat(outcome.refusedAfter(heard)).as("calls that were refused then").isPositive();
    }

    /** On a thread of its own: the common pool has one on a machine of two cores, and the client by which limits are set needs it too. */
    private static CompletableFuture<OneBudget.Outcome> begin(Supplier<OneBudget.Outcome> play) {
        return CompletableFuture.supplyAsync(play, command -> Thread.ofPlatform().name("one-budget").daemon().start(command));
    }
}
