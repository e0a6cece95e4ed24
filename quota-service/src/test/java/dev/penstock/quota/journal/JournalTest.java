package dev.penstock.quota.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.CallId;
import dev.penstock.contract.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static final Instant DEADLINE = TestJournal.DEADLINE;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final TestJournal files = new TestJournal(2);
    private final Journal journal = files.begun();

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void oneMoreThanThereArePlacesIsNotOpened() {
        assertThat(journal.open(attempt(1), DEADLINE)).isTrue();
        assertThat(journal.open(attempt(2), DEADLINE)).isTrue();
        assertThat(journal.open(attempt(3), DEADLINE)).isFalse();
        journal.cancel(attempt(1));
        assertThat(journal.open(attempt(3), DEADLINE)).isTrue();
    }

    @Test
    void anEndKeepsItsPlaceUntilItIsInTheLedger() throws InterruptedException {
        journal.open(attempt(1), DEADLINE);
        journal.open(attempt(2), DEADLINE);
        assertThat(journal.settle(end(1))).isTrue();
        List<Ended> taken = journal.take(10, SOON);
        assertThat(taken).containsExactly(new Ended(end(1), null));
        assertThat(journal.holds(attempt(1))).isTrue();
        assertThat(journal.open(attempt(3), DEADLINE)).as("the end may still have to be settled again").isFalse();
        journal.done(taken);
        assertThat(journal.open(attempt(3), DEADLINE)).isTrue();
        assertThat(journal.drained()).isFalse();
    }

    @Test
    void anEndIsTakenOnce() throws InterruptedException {
        journal.open(attempt(1), DEADLINE);
        assertThat(journal.settle(end(1))).isTrue();
        assertThat(journal.settle(end(1))).isFalse();
        assertThat(journal.settle(end(2))).as("never opened").isFalse();
        assertThat(journal.take(10, SOON)).hasSize(1);
        assertThat(journal.take(10, Duration.ZERO)).isEmpty();
    }

    @Test
    void whoOpensTwiceTakesOnePlace() {
        assertThat(journal.open(attempt(1), DEADLINE)).isTrue();
        assertThat(journal.open(attempt(1), DEADLINE)).isTrue();
        assertThat(journal.open()).isOne();
    }

    @Test
    void onlyPlacesPastTheirDeadlineWithoutAnEndAreAbandoned() {
        journal.open(attempt(1), DEADLINE);
        journal.open(attempt(2), DEADLINE);
        journal.settle(end(2));
        assertThat(journal.abandon(DEADLINE)).isZero();
        assertThat(journal.abandon(DEADLINE.plusMillis(1))).isOne();
        assertThat(journal.holds(attempt(2))).isTrue();
        assertThat(journal.open()).isOne();
    }

    private static Attempt attempt(int number) {
        return new Attempt(new TenantId(new UUID(1, 1)), new CallId(new UUID(2, number)), 0);
    }

    private static Settlement end(int number) {
        return new Settlement(attempt(number), 200, Counts.NOTHING, Payer.CALLER, Cause.COMPLETED, Duration.ZERO, null);
    }
}
