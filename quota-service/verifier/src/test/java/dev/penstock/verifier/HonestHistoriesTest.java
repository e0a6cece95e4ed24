package dev.penstock.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No false alarm. */
class HonestHistoriesTest {

    @Test
    void honestHistoriesAreIntact() {
        areIntact(0, 300);
    }

    @Test
    @Tag("long")
    void aThousandHonestHistoriesAreIntact() {
        areIntact(0, 1_000);
    }

    private static void areIntact(int from, int to) {
        for (int seed = from; seed < to; seed++) {
            History history = random(seed);
            List<SignedCheckpoint> kept = some(history);

            assertThat(history.verify(kept)).as("seed %d", seed).isInstanceOfSatisfying(Verdict.Intact.class, intact -> {
                assertThat(intact.entries()).isEqualTo(history.lines.size());
                assertThat(intact.checkpoints()).isEqualTo(history.notes.size());
                assertThat(intact.kept()).isEqualTo(kept.size());
                assertThat(intact.lastCheckpoint()).isEqualTo(history.checkpoints().getLast().checkpoint());
                assertThat(intact.notYetSealed()).isEqualTo(history.lines.size() - history.checkpoints().getLast().checkpoint().size());
                assertThat(intact.root()).isEqualTo(Trees.root(history.lines.stream().map(MerkleTree::leaf).toList()));
                assertThat(intact.remarks()).isEmpty();
            });
        }
    }

    @Test
    void honestBundlesAreIntact(@TempDir Path folder) throws IOException {
        for (int seed = 0; seed < 30; seed++) {
            History history = random(seed);
            try (Bundle bundle = Bundle.open(history.bundle(folder))) {
                assertThat(bundle.keys()).containsExactly(History.KEY.verifier());
                assertThat(new AuditVerifier(bundle.keys()).verify(bundle.entries(), bundle.checkpoints(), some(history)))
                        .as("seed %d", seed)
                        .isEqualTo(history.verify(some(history)));
            }
        }
    }

    @Test
    void nothingIsIntact() {
        assertThat(new History(0).verify()).isEqualTo(new Verdict.Intact(0, 0, 0, null, MerkleTree.EMPTY, List.of()));
    }

    @Test
    void aKeyThatTookOverFromAnotherIsTrustedBesideIt() {
        History history = History.of(4, 2, 4);
        history.key = SigningKey.generate(History.NAME, new SecureRandom());
        history.append();
        history.seal();
        List<LogKey> both = List.of(History.KEY.verifier(), history.key.verifier());

        assertThat(new AuditVerifier(both).verify(history.lines.iterator(), history.notes.iterator(), List.of())).isInstanceOf(Verdict.Intact.class);
        assertThat(history.verify()).isInstanceOf(Verdict.Broken.class);
    }

    /** One to three checkpoints, perhaps some of the same size, and perhaps entries after the last. */
    private static History random(int seed) {
        History history = new History(seed);
        int size = history.random.nextInt(60);
        int[] checkpoints = history.random.ints(1 + history.random.nextInt(3), 0, size + 1).sorted().toArray();
        for (int checkpoint : checkpoints) {
            while (history.lines.size() < checkpoint) {
                history.append();
            }
            history.seal();
        }
        while (history.lines.size() < size) {
            history.append();
        }
        return history;
    }

    /** Some of them, latest first: the order in which they were kept does not matter. */
    private static List<SignedCheckpoint> some(History history) {
        List<SignedCheckpoint> kept = new ArrayList<>(history.checkpoints());
        kept.removeIf(checkpoint -> checkpoint.checkpoint().size() % 3 != 0);
        return kept.reversed();
    }
}
