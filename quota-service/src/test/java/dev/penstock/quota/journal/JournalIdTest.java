package dev.penstock.quota.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which journal a folder holds. */
class JournalIdTest {

    private final TestJournal files = new TestJournal(10);
    private final Path file = files.folder.resolve(JournalId.FILE);

    @Test
    void itIsMadeOnceAndStaysWithItsFolder() {
        UUID id = id(files);
        assertThat(id(files)).isEqualTo(id);
        assertThat(id(files.copy())).as("a copy is the same journal").isEqualTo(id);
        assertThat(id(new TestJournal(10))).as("a disk that is new is another").isNotEqualTo(id);
    }

    @Test
    void oneThatWasNotFinishedWasNobodys() throws IOException {
        Files.writeString(files.folder.resolve(JournalId.FILE + ".new"), "0123");
        assertThat(id(files)).isEqualTo(id(files));
        assertThat(files.folder.resolve(JournalId.FILE + ".new")).doesNotExist();
    }

    @Test
    void aBitThatFlipsRefusesTheStartAndNamesTheFile() throws IOException {
        id(files);
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            Files.write(file, flipped);
            refused();
        }
        for (int size = 0; size < whole.length; size++) {
            Files.write(file, Arrays.copyOf(whole, size));
            refused();
        }
        Files.write(file, whole);
        assertThat(id(files)).as("nothing was changed, and the folder is not held").isNotNull();
    }

    private void refused() {
        assertThatThrownBy(files::opened).isInstanceOf(JournalUnusable.class).hasMessageContaining(JournalId.FILE);
    }

    private static UUID id(TestJournal files) {
        try (Journal journal = files.opened()) {
            return journal.id();
        }
    }
}
