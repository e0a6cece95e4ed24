package dev.penstock.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every byte of what is exported, altered by one bit; in the long tests, by every bit. */
class ByteFlipTest {

    private static final boolean EVERY_BIT = System.getProperty("penstock.long") != null;

    private final History history = History.of(3, 1, 2);
    private final byte[] entries = (text(0) + text(1) + text(2)).getBytes(StandardCharsets.UTF_8);
    private final byte[] checkpoints = String.join("---\n", history.notes).getBytes(StandardCharsets.UTF_8);

    /** Entry 2 is not sealed yet, so nothing is proven about it: it may change unseen, and nothing else. */
    @Test
    void everyByteOfASealedEntryCounts() {
        history.notes.removeFirst();
        byte[] notes = history.notes.getFirst().getBytes(StandardCharsets.UTF_8);
        int sealed = (text(0) + text(1)).getBytes(StandardCharsets.UTF_8).length;

        TreeSet<Integer> unseen = unseen(entries, flipped -> verdict(flipped, notes));

        assertThat(unseen).isNotEmpty().allMatch(position -> position >= sealed);
    }

    @Test
    void everyByteOfACheckpointCounts() {
        assertThat(unseen(checkpoints, flipped -> verdict(entries, flipped))).isEmpty();
    }

    /** Signed notes demand that signatures of unknown keys be passed over; what stands in them is the witness's matter. */
    @Test
    void onlyAWitnessesLineMayChangeUnseen() {
        String signed = history.notes.getLast();
        String witness = "— witness.example/w AAAAAAAAAAAAAAAA\n";
        byte[] note = (signed + witness).getBytes(StandardCharsets.UTF_8);
        int start = signed.getBytes(StandardCharsets.UTF_8).length;

        TreeSet<Integer> unseen = unseen(note, flipped -> verdict(entries, flipped));

        assertThat(unseen).isNotEmpty().allMatch(position -> position >= start);
    }

    /** The zip says a few things that do not matter, such as times; whatever is altered, the content is never another. */
    @Test
    void noByteOfTheZipChangesTheContentUnseen(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("bundle.zip");
        History sealed = History.of(3, 3);
        byte[] zip = sealed.bundle();
        Verdict honest = sealed.verify();

        for (int i = 0; i < zip.length; i++) {
            byte[] flipped = zip.clone();
            flipped[i] ^= (byte) (1 << i % 8);
            Files.write(file, flipped);
            assertThat(verdict(file)).as("byte %d", i).satisfiesAnyOf(
                    verdict -> assertThat(verdict).isEqualTo(honest),
                    verdict -> assertThat(verdict).isInstanceOf(Verdict.Broken.class),
                    verdict -> assertThat(verdict).isEqualTo("unusable"));
        }
    }

    private static Object verdict(Path file) throws IOException {
        try (Bundle bundle = Bundle.open(file)) {
            Trust trust = Trust.in(bundle.keys(), List.of(History.KEY.verifier()));
            return trust.judge(new AuditVerifier(trust.keys()).verify(bundle.entries(), bundle.checkpoints(), List.of()));
        } catch (UnusableInput e) {
            return "unusable";
        }
    }

    private interface Check {
        boolean passes(byte[] file);
    }

    /** Positions of bytes that may be altered and the file still passes. */
    private static TreeSet<Integer> unseen(byte[] file, Check check) {
        assertThat(check.passes(file)).as("as it was").isTrue();
        TreeSet<Integer> unseen = new TreeSet<>();
        IntStream bits = EVERY_BIT ? IntStream.range(0, file.length * 8) : IntStream.range(0, file.length).map(i -> i * 8 + i % 8);
        bits.forEach(bit -> {
            byte[] flipped = file.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            if (check.passes(flipped)) {
                unseen.add(bit / 8);
            }
        });
        return unseen;
    }

    private static boolean verdict(byte[] entries, byte[] checkpoints) {
        try {
            return new AuditVerifier(List.of(History.KEY.verifier())).verify(
                    new LineReader(new ByteArrayInputStream(entries), "entries.jsonl", Limits.LINE_BYTES),
                    new NoteReader(new LineReader(new ByteArrayInputStream(checkpoints), "checkpoints.txt", Limits.NOTE_LINE_BYTES)),
                    List.of()) instanceof Verdict.Intact;
        } catch (UnusableInput e) {
            return false;
        }
    }

    private String text(int index) {
        return new String(history.lines.get(index), StandardCharsets.UTF_8) + "\n";
    }
}
