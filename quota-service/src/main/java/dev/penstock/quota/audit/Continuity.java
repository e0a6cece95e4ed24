package dev.penstock.quota.audit;

import dev.penstock.verifier.Checkpoint;
import dev.penstock.verifier.Hash;
import dev.penstock.verifier.LogKey;
import dev.penstock.verifier.MerkleProof;
import dev.penstock.verifier.MerkleTree;
import dev.penstock.verifier.SignedCheckpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether the tree in the database still continues what was signed before. Reads about log n hashes. */
final class Continuity {

    private final TreeTable tree;
    private final LogKey key;
    private final Path file;

    Continuity(TreeTable tree, LogKey key, Path file) {
        this.tree = tree;
        this.key = key;
        this.file = file;
    }

    /**
     * @param size of the tree in the database
     * @param published the last checkpoint in the database
     * @param kept the last checkpoint outside of it
     * @throws Contradiction if the tree is not one that has only grown since
     */
    void require(long size, Optional<CheckpointRow> published, Optional<SignedCheckpoint> kept) {
        if (kept.isEmpty() && published.isPresent()) {
            throw new Contradiction("The database holds " + published.get().number() + " checkpoints, but " + file + " holds none to compare it with. "
                    + "Put the newest checkpoint that you trust into it: from the log, another replica or an auditor.");
        }
        kept.ifPresent(checkpoint -> require(size, checkpoint, "the checkpoint kept in " + file));
        published.ifPresent(row -> require(size, row));
    }

    private void require(long size, CheckpointRow row) {
        String name = "checkpoint " + row.number() + " in the database";
        SignedCheckpoint signed;
        try {
            signed = SignedCheckpoint.parse(row.note());
        } catch (IllegalArgumentException e) {
            throw new Contradiction("The note of " + name + " is altered: it " + e.getMessage() + ".", e);
        }
        if (!row.says(signed.checkpoint())) {
            throw new Contradiction("The row of " + name + " says other than its signed note.");
        }
        require(size, signed, name);
    }

    private void require(long size, SignedCheckpoint signed, String name) {
        if (signed.signedBy(List.of(key)) != SignedCheckpoint.Signed.YES) {
            throw new Contradiction("It is not the key " + key + " that signed " + name + ".");
        }
        Checkpoint checkpoint = signed.checkpoint();
        if (checkpoint.size() > size) {
            throw new Contradiction("The database has " + size + " sealed entries, but " + name + " covers " + checkpoint.size() + ": entries were removed.");
        }
        Hash root = MerkleTree.root(size, tree::hash);
        List<Hash> proof = MerkleTree.consistency(checkpoint.size(), size, tree::hash);
        if (!MerkleProof.consistent(checkpoint.size(), checkpoint.root(), size, root, proof)) {
            throw new Contradiction("The first " + checkpoint.size() + " entries in the database are not those that " + name + " covers: history was rewritten.");
        }
    }
}
