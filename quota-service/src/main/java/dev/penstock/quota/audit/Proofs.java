package dev.penstock.quota.audit;

import dev.penstock.contract.Problem;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import dev.penstock.verifier.EntryProof;
import dev.penstock.verifier.LogKey;
import dev.penstock.verifier.MerkleTree;
import dev.penstock.verifier.SignedCheckpoint;
import java.nio.charset.StandardCharsets;

/** Proves single entries. In the running transaction of the organisation-wide job. */
final class Proofs {

    private final EntryTable entries;
    private final TreeTable tree;
    private final LogKey key;

    Proofs(EntryTable entries, TreeTable tree, LogKey key) {
        this.entries = entries;
        this.tree = tree;
        this.key = key;
    }

    /**
     * The entry as its row is now, its path, and the last checkpoint: if the row was altered, the proof does not hold, as it must not.
     *
     * @throws ProblemException {@code not_found}, or {@code wrong_state} while no checkpoint covers the entry
     */
    EntryProof of(long index) {
        String line = new String(EntryRow.bytes(entries.line(index).orElseThrow(Access::notFound)), StandardCharsets.UTF_8);
        CheckpointRow checkpoint = tree.lastCheckpoint()
                .filter(last -> last.size() > index)
                .orElseThrow(() -> new ProblemException(Problem.WRONG_STATE, "No checkpoint covers this entry yet; the next one comes within seconds."));
        return new EntryProof(line, MerkleTree.inclusion(index, checkpoint.size(), tree::hash), SignedCheckpoint.parse(checkpoint.note()), key);
    }
}
