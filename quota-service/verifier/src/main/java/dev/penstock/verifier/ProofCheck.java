package dev.penstock.verifier;

import java.util.List;

/** Checks one entry against one checkpoint. */
final class ProofCheck {

    private final List<LogKey> keys;
    private final EntryProof proof;
    private final Checkpoint checkpoint;
    private final Findings findings = new Findings();

    ProofCheck(List<LogKey> keys, EntryProof proof) {
        this.keys = keys;
        this.proof = proof;
        this.checkpoint = proof.checkpoint().checkpoint();
    }

    Verdict verdict(List<SignedCheckpoint> kept) {
        switch (proof.checkpoint().signedBy(keys)) {
            case YES -> {}
            case NO -> findings.add(Finding.Kind.CHECKPOINT_UNSIGNED, 1, "No key that you trust signed the checkpoint of this proof.");
            case WRONGLY -> findings.add(Finding.Kind.CHECKPOINT_FORGED, 1,
                    "The signature of the checkpoint is wrong: it was altered, or somebody without the key made it.");
        }
        compare(kept);
        long index = index();
        if (index >= 0 && !MerkleProof.includes(MerkleTree.leaf(proof.bytes()), index, checkpoint.size(), checkpoint.root(), proof.path())) {
            findings.add(Finding.Kind.PROOF_WRONG, index, "This is not entry " + index + " of the "
                    + Words.count(checkpoint.size(), "entry", "entries") + " that the checkpoint seals: it was altered, or the proof was.");
        }
        return findings.none() ? new Verdict.Included(index, proof.line(), checkpoint) : findings.broken();
    }

    /** −1 if it is not an entry. */
    private long index() {
        try {
            return EntryForm.read(proof.bytes()).index();
        } catch (IllegalArgumentException e) {
            findings.add(Finding.Kind.ENTRY_NOT_CANONICAL, 0, "This is not an entry as it is sealed: it " + e.getMessage() + ".");
            return -1;
        } catch (UnusableInput e) {
            throw new UnusableInput("The entry cannot be read: it " + e.getMessage() + ".", e);
        }
    }

    private void compare(List<SignedCheckpoint> kept) {
        List<SignedCheckpoint> sameSize = kept.stream().filter(one -> one.checkpoint().size() == checkpoint.size()).toList();
        if (sameSize.isEmpty() && !kept.isEmpty()) {
            throw new UnusableInput("The checkpoint you kept seals another number of entries than this proof's, "
                    + checkpoint.size() + ", so the two cannot be compared. Ask for a bundle: it can be checked against both.");
        }
        for (SignedCheckpoint one : sameSize) {
            if (one.signedBy(keys) != SignedCheckpoint.Signed.YES) {
                findings.add(Finding.Kind.KEPT_UNSIGNED, 1, "The key did not sign the checkpoint you kept.");
            }
            if (!one.checkpoint().root().equals(checkpoint.root())) {
                findings.add(Finding.Kind.KEPT_CONTRADICTED, 1,
                        "The checkpoint you kept seals as many entries, but other ones: the history was rewritten since.");
            }
        }
    }
}
