package dev.penstock.quota.journal;

import static dev.penstock.quota.journal.TestJournal.DEADLINE;
import static dev.penstock.quota.journal.TestJournal.at;
import static dev.penstock.quota.journal.TestJournal.attempt;
import static dev.penstock.quota.journal.TestJournal.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Intents on a real disk, from the promise to the books, and what is left of them by a process that dies. */
class IntentsTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    @ParameterizedTest
    @ValueSource(strings = {"always", "1h"})
    void anIntentIsThereAgainAfterAKillAtEveryInstant(String sync) throws Exception {
        TestJournal files = new TestJournal(10, sync);
        try (Journal journal = files.begun()) {
            journal.open(attempt(1), DEADLINE);
            assertThat(left(files)).containsExactly(new Ended(Settlement.notForwarded(attempt(1)), null));
            intend(journal, 1);
            assertThat(left(files)).containsExactly(new Ended(Settlement.notForwarded(attempt(1)), intent(1)));
            journal.keep(at(1, 17));
            assertThat(left(files)).containsExactly(new Ended(at(1, 17), intent(1)));
            journal.settle(end(1));
            assertThat(left(files)).containsExactly(new Ended(end(1), intent(1)));
            List<Ended> taken = journal.take(10, SOON);
            assertThat(taken).containsExactly(new Ended(end(1), intent(1)));
            assertThat(left(files)).isEqualTo(taken);
            journal.done(taken);
            assertThat(journal.drained()).isTrue();
        }
        assertThat(files.files()).as("stopped in order, it leaves nothing").isEmpty();
    }

    @Test
    void aFileIsNeededUntilEveryIntentAndEveryEndInItIsSettled() throws Exception {
        TestJournal files = new TestJournal(2_000);
        try (Journal journal = files.begun()) {
            String first = files.files().getLast();
            journal.open(attempt(0), DEADLINE);
            intend(journal, 0);
            fill(journal, files, first);
            assertThat(files.files()).as("of the first only its intent is open").contains(first);
            try (Journal next = files.copy().opened()) {
                assertThat(next.take(2_000, SOON)).contains(new Ended(Settlement.notForwarded(attempt(0)), intent(0)));
            }
            journal.settle(end(0));
            journal.done(journal.take(10, SOON));
            assertThat(files.files()).doesNotContain(first).hasSize(2);
        }
    }

    @Test
    void aCallThatGoesOnForLongKeepsNoOldSegment() throws Exception {
        TestJournal files = new TestJournal(2_000);
        try (Journal journal = files.begun()) {
            String first = files.files().getLast();
            journal.open(attempt(0), DEADLINE);
            intend(journal, 0);
            for (int segment = 0; segment <= Segments.MOST_WAITING + 1; segment++) {
                // One in each, so that each waits for something.
                journal.open(attempt(10_000 + segment), DEADLINE);
                intend(journal, 10_000 + segment);
                fill(journal, files, files.files().getLast());
            }
            await().atMost(SOON).until(() -> !files.files().contains(first));
            assertThat(files.files()).hasSizeLessThanOrEqualTo(1 + Segments.MOST_WAITING + 2);
            journal.keep(at(0, 17));
            assertThat(left(files)).contains(new Ended(at(0, 17), intent(0))).filteredOn(ended -> ended.attempt().equals(attempt(0))).hasSize(1);
            journal.settle(end(0));
            journal.done(journal.take(10, SOON));
        }
    }

    /** Calls come and go until another segment is written. */
    private static void fill(Journal journal, TestJournal files, String segment) throws Exception {
        for (int number = 1; files.files().getLast().equals(segment); number++) {
            journal.open(attempt(number), DEADLINE);
            intend(journal, number);
            journal.settle(end(number));
            journal.done(journal.take(10, SOON));
        }
    }

    @Test
    void whoComesSoonAfterAnotherWaitsForThoseWhoShareItsSync() throws Exception {
        Duration gather = Duration.ofMillis(100);
        try (Journal journal = TestJournal.gathering(gather).begun()) {
            for (int number = 0; number < 3; number++) {
                journal.open(attempt(number), DEADLINE);
            }
            long begin = System.nanoTime();
            for (int number = 0; number < 3; number++) {
                intend(journal, number);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("from the first to the third").isGreaterThanOrEqualTo(gather.multipliedBy(2));
        }
    }

    @Test
    void nothingIsPromisedTwiceOrToWhoHasNoPlace() throws Exception {
        try (Journal journal = new TestJournal(10).begun()) {
            assertThat(journal.intend(intent(1)).toCompletableFuture()).isCompletedExceptionally();
            journal.open(attempt(1), DEADLINE);
            intend(journal, 1);
            assertThat(journal.intend(intent(1)).toCompletableFuture()).isCompletedExceptionally();
            assertThatThrownBy(() -> journal.cancel(attempt(1))).isInstanceOf(IllegalStateException.class);
            journal.settle(end(1));
            assertThat(journal.intend(intent(1)).toCompletableFuture()).isCompletedExceptionally();
        }
    }

    @Test
    void aDiskThatRefusesFailsIntentsAndKeepsEnds() throws Exception {
        TestJournal files = new TestJournal(2_000);
        try (Journal journal = files.begun()) {
            for (int number = 0; number < 2_000; number++) {
                journal.open(attempt(number), DEADLINE);
            }
            files.full.set(true);
            int refused = firstRefused(journal);
            assertThat(journal.trouble()).isEqualTo("No space left on device");
            assertThatThrownBy(() -> intend(journal, refused + 1)).as("nor the next one").hasCauseInstanceOf(IOException.class).hasMessageContaining("No space left");
            journal.settle(Settlement.notForwarded(attempt(refused)));
            assertThat(left(files)).as("the end stands in its slot, and an intent that failed is not there").contains(new Ended(Settlement.notForwarded(attempt(refused)), null))
                    .contains(new Ended(Settlement.notForwarded(attempt(refused - 1)), intent(refused - 1)));
            files.full.set(false);
            assertThat(journal.take(2_000, SOON)).as("here nobody knows whether it is").containsExactly(new Ended(Settlement.notForwarded(attempt(refused)), intent(refused)));
            await().atMost(SOON).until(() -> journal.trouble() == null);
            intend(journal, refused + 2);
        }
    }

    private static int firstRefused(Journal journal) throws Exception {
        for (int number = 0; ; number++) {
            try {
                intend(journal, number);
            } catch (ExecutionException e) {
                return number;
            }
        }
    }

    @Test
    void whoIsToldOfEndsIsToldOnceInOrderAndNotBeforeTheSync() throws Exception {
        List<Ended> told = new CopyOnWriteArrayList<>();
        try (Journal journal = new TestJournal(10, "1h").begun()) {
            journal.tell(List.of(
                    ended -> {
                        throw new IllegalStateException("one that fails takes nothing from the others");
                    },
                    told::addAll));
            for (int number = 1; number <= 3; number++) {
                journal.open(attempt(number), DEADLINE);
                intend(journal, number);
                journal.settle(end(number));
            }
            List<Ended> taken = new ArrayList<>();
            while (taken.size() < 3) {
                taken.addAll(journal.take(10, SOON));
            }
            assertThat(told).as("settled they can be; a power loss could take them back").isEmpty();
        }
        assertThat(told).as("at the stop all is brought to disk").containsExactly(
                new Ended(end(1), intent(1)), new Ended(end(2), intent(2)), new Ended(end(3), intent(3)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"always", "10ms"})
    void whoIsToldOfEndsHearsOfThemSoon(String sync) throws Exception {
        List<Ended> told = new CopyOnWriteArrayList<>();
        try (Journal journal = new TestJournal(10, sync).begun()) {
            journal.tell(List.of(told::addAll));
            journal.open(attempt(1), DEADLINE);
            journal.settle(end(1));
            await().atMost(SOON).until(() -> told.equals(List.of(new Ended(end(1), null))));
        }
    }

    /** Told by nobody: at its bound, unless the database knows more of it. */
    @Test
    void whoIsOverdueIsEndedAtItsBoundIfItsIntentIsHere() throws Exception {
        try (Journal journal = new TestJournal(10).begun()) {
            journal.open(attempt(1), DEADLINE);
            journal.open(attempt(2), DEADLINE);
            intend(journal, 2);
            assertThat(journal.abandon(DEADLINE)).isZero();
            assertThat(journal.abandon(DEADLINE.plusMillis(1))).isEqualTo(2);
            assertThat(journal.open()).isOne();
            Ended bound = new Ended(Settlement.neverSettled(attempt(2)), intent(2));
            assertThat(journal.take(10, SOON)).containsExactly(bound);
            assertThat(journal.settle(end(2))).as("too late").isFalse();
            assertThat(journal.abandon(DEADLINE.plusMillis(1))).as("it waits to be settled").isZero();
            journal.done(List.of(bound));
            assertThat(journal.drained()).isTrue();
        }
    }

    @Test
    void afterTheEndNothingIsPromised() throws Exception {
        Journal journal = new TestJournal(10).begun();
        journal.open(attempt(1), DEADLINE);
        journal.close();
        assertThatThrownBy(() -> journal.intend(intent(1)).toCompletableFuture().get(1, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }

    private static List<Ended> left(TestJournal files) throws InterruptedException {
        try (Journal next = files.copy().opened()) {
            return next.take(3_000, Duration.ZERO);
        }
    }

    private static void intend(Journal journal, int number) throws InterruptedException, ExecutionException, TimeoutException {
        journal.intend(intent(number)).toCompletableFuture().get(SOON.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Intent intent(int number) {
        return TestIntents.of(attempt(number));
    }
}
