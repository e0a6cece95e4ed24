package dev.penstock.quota.journal;

import static dev.penstock.quota.journal.TestJournal.attempt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What becomes of records whose disk refuses them between the write and the sync. */
class SegmentsTest {

    private final TestJournal files = new TestJournal(10);
    private final Heard heard = new Heard();
    private JournalFolder folder;

    @BeforeEach
    void open() {
        folder = JournalFolder.open(files.folder, UUID::randomUUID);
    }

    @AfterEach
    void close() {
        folder.close();
    }

    @Test
    void whatWasWrittenAndNotSyncedComesBackWhenTheSyncFails() throws IOException {
        Segments segments = segments(Duration.ofHours(1));
        List<Told> group = List.of(promise(1), TestJournal.told(TestJournal.end(1)));
        segments.write(group);
        assertThat(heard.written).isEqualTo(group);
        assertThat(heard.synced).isEmpty();
        failed(segments::finish);
        List<Told> lost = segments.abandon();
        assertThat(lost).isEqualTo(group);
        segments.write(lost.stream().<Told>map(Told.Copy::of).toList());
        segments.finish();
        assertThat(heard.synced).extracting(Told::attempt).containsExactly(attempt(1), attempt(1));
        assertThat(folder.replay().ends().values()).containsExactly(new Ended(TestJournal.end(1), TestIntents.of(attempt(1))));
    }

    @Test
    void withASyncForEachGroupNobodyIsToldOfOneThatFailed() throws IOException {
        Segments segments = segments(Duration.ZERO);
        segments.write(List.of(promise(1)));
        failed(() -> segments.write(List.of(promise(2))));
        assertThat(heard.written).isEqualTo(heard.synced).extracting(Told::attempt).containsExactly(attempt(1));
        assertThat(segments.abandon()).isEmpty();
        segments.write(List.of(promise(3)));
        assertThat(heard.synced).extracting(Told::attempt).containsExactly(attempt(1), attempt(3));
    }

    private Segments segments(Duration sync) {
        JournalSettings settings = new JournalSettings(files.folder, 10, DataSize.ofKilobytes(128), new Sync(sync), Duration.ZERO);
        return new Segments(folder, settings, TestJournal.REPLICA, 1, heard);
    }

    private interface Step {
        void run() throws IOException;
    }

    /** An interrupted thread can neither write nor sync. */
    private static void failed(Step step) {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(step::run).isInstanceOf(IOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static Told promise(int number) {
        return Told.Promise.of(TestIntents.of(attempt(number)));
    }

    private static final class Heard implements Hearing {

        private final List<Told> written = new ArrayList<>();
        private final List<Told> synced = new ArrayList<>();

        @Override
        public void written(List<Told> group, KeptFile file) {
            group.forEach(told -> file.need());
            written.addAll(group);
        }

        @Override
        public void synced(List<Told> group, KeptFile file) {
            synced.addAll(group);
        }

        @Override
        public List<Told> standingIn(KeptFile file) {
            return List.of();
        }
    }
}
