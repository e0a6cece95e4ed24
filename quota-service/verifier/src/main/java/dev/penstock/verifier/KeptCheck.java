package dev.penstock.verifier;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Checkpoints that the auditor kept, elsewhere and from before: what they sealed must still be there. This is what finds a history that
 * was rewritten and signed anew with the true key.
 */
final class KeptCheck {

    private record Kept(long number, Checkpoint checkpoint) {

        String name() {
            return "the checkpoint you kept" + (number == 0 ? "" : ", number " + number + " of them") + " ("
                    + Words.count(checkpoint.size(), "entry", "entries") + ", " + checkpoint.time() + ")";
        }
    }

    private final Findings findings;
    private final List<Kept> bySize = new ArrayList<>();
    private int next;

    KeptCheck(List<LogKey> keys, List<SignedCheckpoint> kept, Findings findings) {
        this.findings = findings;
        for (int i = 0; i < kept.size(); i++) {
            Kept checkpoint = new Kept(kept.size() == 1 ? 0 : i + 1, kept.get(i).checkpoint());
            bySize.add(checkpoint);
            if (kept.get(i).signedBy(keys) != SignedCheckpoint.Signed.YES) {
                findings.add(Finding.Kind.KEPT_UNSIGNED, i + 1L, "The key did not sign " + checkpoint.name()
                        + ": it is not the key that signed then, or your copy is damaged.");
            }
        }
        bySize.sort(Comparator.comparingLong(one -> one.checkpoint().size()));
    }

    /** Compares every kept checkpoint of the tree's present size. */
    void compare(CompactRange tree) {
        while (next < bySize.size() && bySize.get(next).checkpoint().size() == tree.size()) {
            Kept kept = bySize.get(next++);
            if (!kept.checkpoint().root().equals(tree.root())) {
                contradicted(kept, "The first " + Words.count(tree.size(), "entry is", "entries are") + " not what was sealed in " + kept.name()
                        + ": the history was rewritten since.");
            }
        }
    }

    /** What was kept of a larger tree than there is contradicts it. */
    void ended(long entries) {
        for (Kept kept : bySize.subList(next, bySize.size())) {
            if (findings.full()) {
                return;
            }
            contradicted(kept, "There are " + Words.count(entries, "entry", "entries") + ", fewer than " + kept.name()
                    + " sealed: entries were taken away, or this was exported before that time.");
        }
    }

    private void contradicted(Kept kept, String sentence) {
        findings.add(Finding.Kind.KEPT_CONTRADICTED, Math.max(1, kept.number()), sentence);
    }
}
