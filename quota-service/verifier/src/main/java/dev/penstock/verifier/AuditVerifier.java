package dev.penstock.verifier;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/** Recomputes everything from the first entry on. Trusts the keys it is given and nothing else. */
public final class AuditVerifier {

    private final List<LogKey> keys;

    /** @param keys at least one; more than one where a key was replaced by another */
    public AuditVerifier(Collection<LogKey> keys) {
        this.keys = List.copyOf(keys);
        if (this.keys.isEmpty()) {
            throw new IllegalArgumentException("nothing can be verified without a key");
        }
    }

    /**
     * Checks a whole trail, reading both sources once, side by side, in memory that does not grow with them. Every entry must be in its
     * place and in its one form; every checkpoint must be signed, must not be smaller or earlier than the one before, and must have the
     * root that the entries have; what was kept must be part of it.
     *
     * @param lines the entries' lines without newlines, from index 0
     * @param notes the checkpoints as signed notes, oldest first
     * @param kept checkpoints from another place, in any order
     * @return {@link Verdict.Intact} or {@link Verdict.Broken}
     * @throws UnusableInput if something cannot be read at all
     */
    public Verdict verify(Iterator<byte[]> lines, Iterator<String> notes, List<SignedCheckpoint> kept) {
        Findings findings = new Findings();
        EntryCheck entries = new EntryCheck(findings);
        CheckpointCheck checkpoints = new CheckpointCheck(keys, notes, findings);
        KeptCheck remembered = new KeptCheck(keys, kept, findings);
        CompactRange tree = new CompactRange();

        checkpoints.compare(tree, entries);
        remembered.compare(tree);
        while (lines.hasNext() && !findings.full()) {
            byte[] line = lines.next();
            entries.check(line);
            tree.append(MerkleTree.leaf(line));
            checkpoints.compare(tree, entries);
            remembered.compare(tree);
        }
        if (!findings.full()) {
            checkpoints.ended(tree.size());
            remembered.ended(tree.size());
        }
        checkpoints.sayAltered();
        if (!findings.none()) {
            return findings.broken();
        }
        return new Verdict.Intact(tree.size(), checkpoints.signed(), kept.size(), checkpoints.last(), tree.root(), findings.remarks());
    }

    /**
     * Checks that a single entry is one of those that the proof's checkpoint seals.
     *
     * @param kept checkpoints from another place; only one of the same size can be compared
     * @return {@link Verdict.Included} or {@link Verdict.Broken}
     * @throws UnusableInput if checkpoints were kept and none of them can be compared
     */
    public Verdict verify(EntryProof proof, List<SignedCheckpoint> kept) {
        return new ProofCheck(keys, proof).verdict(kept);
    }
}
