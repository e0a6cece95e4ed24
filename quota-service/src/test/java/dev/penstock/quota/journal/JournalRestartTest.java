package dev.penstock.quota.journal;

import static dev.penstock.quota.journal.TestJournal.DEADLINE;
import static dev.penstock.quota.journal.TestJournal.at;
import static dev.penstock.quota.journal.TestJournal.attempt;
import static dev.penstock.quota.journal.TestJournal.end;
import static dev.penstock.quota.journal.TestJournal.take;
import static dev.penstock.quota.journal.TestJournal.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal on a real disk, whose process dies: what it leaves is a copy of its files at that moment. */
class JournalRestartTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    @ParameterizedTest
    @ValueSource(strings = {"always", "1h"})
    void whatWasToldReadAndDeliveredIsThereAgain(String sync) throws Exception {
        TestJournal first = new TestJournal(10, sync);
        try (Journal journal = first.begun()) {
            for (int number = 1; number <= 4; number++) {
                assertThat(journal.open(attempt(number), DEADLINE)).isTrue();
            }
            journal.settle(end(1));
            assertThat(take(journal, 10, SOON)).containsExactly(end(1));
            journal.keep(at(2, 17));
            journal.keep(at(2, 18));
            journal.keep(at(3, 1));
            journal.settle(end(3));
            journal.keep(at(3, 2));

            try (Journal next = first.copy().opened()) {
                assertThat(next.open()).isEqualTo(4);
                assertThat(next.recovered()).isFalse();
                assertThat(next.holds(attempt(2))).isTrue();
                List<Settlement> left = take(next, 10, SOON);
                assertThat(left).contains(end(1), at(2, 18), end(3)).hasSize(4);
                assertThat(left).filteredOn(end -> end.attempt().equals(attempt(4))).singleElement().satisfies(never -> {
                    assertThat(never.cause()).isEqualTo(Cause.NOT_FORWARDED);
                    assertThat(never.counts()).isEqualTo(Counts.NOTHING);
                    assertThat(never.payer()).isEqualTo(Payer.PLATFORM);
                });
                next.done(without(left));
                assertThat(next.recovered()).isTrue();
            }
        }
    }

    @Test
    void aFileGoesWhenEverythingInItIsSettledAndNotBefore() throws Exception {
        TestJournal first = new TestJournal(10);
        try (Journal journal = first.begun()) {
            journal.open(attempt(1), DEADLINE);
            journal.open(attempt(2), DEADLINE);
            journal.settle(end(1));
            take(journal, 10, SOON);
            TestJournal killed = first.copy();
            assertThat(killed.files()).containsExactly("progress-000000000001", "segment-000000000002");
            try (Journal second = killed.begun()) {
                assertThat(killed.files()).hasSize(4);
                second.done(without(List.of(end(1))));
                assertThat(killed.files()).containsExactly("progress-000000000001", "progress-000000000003", "segment-000000000004");
                second.done(second.take(10, SOON));
                assertThat(killed.files()).containsExactly("progress-000000000003", "segment-000000000004");
                assertThat(second.recovered()).isTrue();
            }
            assertThat(killed.files()).as("stopped in order, it leaves nothing").isEmpty();
        }
    }

    @Test
    void whatCannotBeSettledKeepsItsFileAndIsTriedAtTheNextStart() throws Exception {
        TestJournal files = new TestJournal(10);
        try (Journal journal = files.begun()) {
            journal.open(attempt(1), DEADLINE);
            journal.settle(end(1));
            journal.giveUp(journal.take(10, SOON).getFirst());
            assertThat(journal.drained()).isTrue();
        }
        assertThat(files.files()).containsExactly("segment-000000000002");
        try (Journal next = files.opened()) {
            assertThat(take(next, 10, SOON)).containsExactly(end(1));
        }
    }

    @Test
    void segmentsAreMadeAsTheyFillAndDeletedAsTheyEmpty() throws Exception {
        int ends = 5_000;
        TestJournal files = new TestJournal(ends, "10ms");
        try (Journal journal = files.begun()) {
            List<Settlement> taken = new ArrayList<>();
            for (int number = 0; number < ends; number++) {
                assertThat(journal.open(attempt(number), DEADLINE)).isTrue();
                assertThat(journal.settle(end(number))).isTrue();
            }
            while (taken.size() < ends) {
                taken.addAll(take(journal, ends, SOON));
            }
            assertThat(files.files()).hasSizeBetween(5, 8);
            try (Journal next = files.copy().opened()) {
                assertThat(take(next, ends, SOON)).containsExactlyInAnyOrderElementsOf(taken);
            }
            journal.done(without(taken));
            assertThat(files.files()).hasSize(2);
        }
    }

    @Test
    void aSecondProcessIsRefusedAndToldWhoHoldsIt() {
        TestJournal files = new TestJournal(10);
        try (Journal journal = files.begun()) {
            assertThatThrownBy(files::opened).isInstanceOf(JournalUnusable.class).hasMessageContaining("in use by process " + ProcessHandle.current().pid());
        }
        files.opened().close();
    }

    @Test
    void aFolderThatIsNotThereIsNotMade() {
        assertThatThrownBy(() -> JournalFolder.open(Path.of("/nowhere/journal"), UUID::randomUUID)).isInstanceOf(JournalUnusable.class).hasMessageContaining("/nowhere/journal");
    }

    @Test
    void withAFullDiskNothingIsOpenedUntilThereIsRoomAgain() throws Exception {
        TestJournal files = new TestJournal(3_000);
        try (Journal journal = files.begun()) {
            List<Integer> open = new ArrayList<>();
            for (int number = 0; number < 3_000; number++) {
                assertThat(journal.open(attempt(number), DEADLINE)).isTrue();
                open.add(number);
            }
            files.full.set(true);
            journal.cancel(attempt(0));
            open.removeFirst();
            open.forEach(number -> assertThat(journal.settle(end(number))).isTrue());
            await().atMost(SOON).until(() -> journal.trouble() != null);
            assertThat(journal.trouble()).isEqualTo("No space left on device");
            assertThat(new JournalHealth(journal).health().getStatus().getCode()).isEqualTo("DOWN");
            assertThat(journal.open(attempt(4_000), DEADLINE)).as("there is a place and no disk").isFalse();
            try (Journal killed = files.copy().opened()) {
                assertThat(killed.open()).as("what could not be written stands in its slot as it was told").isEqualTo(open.size());
                assertThat(take(killed, 4_000, SOON)).containsExactlyInAnyOrderElementsOf(open.stream().map(TestJournal::end).toList());
            }
            files.full.set(false);
            List<Settlement> taken = new ArrayList<>();
            while (taken.size() < open.size()) {
                taken.addAll(take(journal, 4_000, SOON));
            }
            assertThat(taken).containsExactlyInAnyOrderElementsOf(open.stream().map(TestJournal::end).toList());
            await().atMost(SOON).until(() -> journal.trouble() == null);
            assertThat(new JournalHealth(journal).health().getStatus().getCode()).isEqualTo("UP");
            assertThat(journal.open(attempt(4_000), DEADLINE)).isTrue();
        }
    }

    @Test
    void aDiskThatIsFullAtTheStartOnlyKeepsCallsAway() {
        TestJournal files = new TestJournal(10);
        files.full.set(true);
        try (Journal journal = files.begun()) {
            assertThat(journal.open(attempt(1), DEADLINE)).isFalse();
            files.full.set(false);
            await().atMost(SOON).until(() -> journal.open(attempt(1), DEADLINE));
        }
    }

    @Test
    void aTornEndIsCutOnceAndForAll() throws Exception {
        TestJournal files = new TestJournal(10);
        TestJournal killed;
        try (Journal journal = files.begun()) {
            for (int number = 1; number <= 3; number++) {
                journal.open(attempt(number), DEADLINE);
                journal.keep(at(number, number));
                journal.settle(end(number));
                take(journal, 1, SOON);
            }
            killed = files.copy();
        }
        Path segment = killed.folder.resolve("segment-000000000002");
        Files.write(segment, java.util.Arrays.copyOf(Files.readAllBytes(segment), FileHeader.BYTES + 3 * Segment.RECORD - 1));
        try (Journal next = killed.begun()) {
            assertThat(Files.size(segment)).isEqualTo(FileHeader.BYTES + 2 * Segment.RECORD);
            assertThat(take(next, 10, SOON)).as("the third stands in its slot").containsExactlyInAnyOrder(end(1), end(2), end(3));
            // Killed again before anything is settled: the torn segment is not the last any more.
            try (Journal third = killed.copy().opened()) {
                assertThat(take(third, 10, SOON)).containsExactlyInAnyOrder(end(1), end(2), end(3));
            }
        }
    }

    @Test
    void aDamagedSegmentRefusesTheStartAndIsLeftAsItIs() throws Exception {
        TestJournal files = new TestJournal(10);
        TestJournal killed;
        try (Journal journal = files.begun()) {
            for (int number = 1; number <= 3; number++) {
                journal.open(attempt(number), DEADLINE);
                journal.settle(end(number));
                take(journal, 1, SOON);
            }
            killed = files.copy();
        }
        Path segment = killed.folder.resolve("segment-000000000002");
        byte[] bytes = Files.readAllBytes(segment);
        bytes[FileHeader.BYTES + Segment.RECORD + 50] ^= 4;
        Files.write(segment, bytes);
        assertThatThrownBy(killed::opened).isInstanceOf(JournalUnusable.class)
                .hasMessageContaining("segment-000000000002").hasMessageContaining("at byte " + (FileHeader.BYTES + Segment.RECORD));
        assertThat(Files.readAllBytes(segment)).isEqualTo(bytes);
        // As the message says: without it, each is settled by its slot.
        Files.delete(segment);
        try (Journal next = killed.opened()) {
            assertThat(take(next, 10, SOON)).containsExactlyInAnyOrder(end(1), end(2), end(3));
        }
    }

    @Test
    void whatNeverGotItsNameAndWhatIsNotOursIsNoJournal() throws IOException {
        TestJournal files = new TestJournal(10);
        Files.write(files.folder.resolve("segment-000000000009.new"), new byte[10]);
        Files.createDirectory(files.folder.resolve("lost+found"));
        try (Journal journal = files.begun()) {
            assertThat(journal.recovered()).isTrue();
            assertThat(files.files()).containsExactly("lost+found", "progress-000000000001", "segment-000000000002");
        }
    }
}
