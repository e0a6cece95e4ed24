package dev.penstock.verifier;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes along the checkpoints of one run beside the growing tree. A checkpoint that is not signed says nothing, so it is a finding and is
 * not compared.
 */
final class CheckpointCheck {

    private final List<LogKey> keys;
    private final Iterator<String> notes;
    private final Findings findings;

    /** Of the last note read. */
    private long number;

    /** The signed checkpoint that waits for the tree to reach its size. */
    private @Nullable Checkpoint next;

    private @Nullable Checkpoint lastRead;
    private long signed;

    /** Where tree and checkpoint last agreed, and the first checkpoint since then that does not. */
    private long agreed;

    private @Nullable Checkpoint differs;
    private long differsNumber;
    private long differAfter;

    CheckpointCheck(List<LogKey> keys, Iterator<String> notes, Findings findings) {
        this.keys = keys;
        this.notes = notes;
        this.findings = findings;
        advance();
    }

    /** Compares every checkpoint of the tree's present size. */
    void compare(CompactRange tree, EntryCheck entries) {
        while (next != null && next.size() <= tree.size()) {
            // One of a smaller size is out of order, which was said when it was read.
            if (next.size() == tree.size()) {
                compare(next, tree.root());
                entries.sealed(next.time());
            }
            advance();
        }
    }

    private void compare(Checkpoint checkpoint, Hash root) {
        if (checkpoint.root().equals(root)) {
            sayTwoHistories();
            agreed = checkpoint.size();
        } else if (differs == null) {
            differs = checkpoint;
            differsNumber = number;
        } else {
            differAfter++;
        }
    }

    /** To be called when all entries were read: what was sealed beyond them is missing. */
    void ended(long entries) {
        if (next != null) {
            sayMissing(next, entries);
        }
        if (number == 0 && entries > 0) {
            findings.add(Finding.Kind.CHECKPOINTS_MISSING, 0, "There is no checkpoint at all: nothing was ever signed over these entries.");
        }
    }

    /** To be called last: where the entries part from what was sealed, unless a later checkpoint agreed with them again. */
    void sayAltered() {
        if (differs != null) {
            String after = differAfter == 0
                    ? ""
                    : " After it, " + Words.count(differAfter, "more checkpoint does", "more checkpoints do") + " not fit either, as must be.";
            findings.add(Finding.Kind.ENTRIES_ALTERED, differsNumber, range(agreed, differs.size()) + " altered, added, removed or moved after "
                    + name(differsNumber, differs) + " had sealed " + (differs.size() - agreed == 1 ? "it." : "them.") + after);
        }
    }

    private static String range(long from, long to) {
        if (to - from == 1) {
            return "Entry " + from + " was";
        }
        if (to == from) { // the same size as the one that agreed, with another root
            return "The first " + Words.count(to, "entry was", "entries were");
        }
        return "At least one of entries " + from + " to " + (to - 1) + " was";
    }

    private void sayTwoHistories() {
        if (differs != null) {
            findings.add(Finding.Kind.ENTRIES_ALTERED, differsNumber, "The entries are not those that " + name(differsNumber, differs)
                    + " sealed, yet a later checkpoint agrees with them: two histories were signed.");
            differs = null;
            differAfter = 0;
        }
    }

    private void sayMissing(Checkpoint first, long entries) {
        long firstNumber = number;
        long sealed = first.size();
        while (next != null && !findings.full()) {
            sealed = Math.max(sealed, next.size());
            advance();
        }
        String missing = sealed == entries + 1 ? "Entry " + entries + " is" : "Entries " + entries + " to " + (sealed - 1) + " are";
        findings.add(Finding.Kind.ENTRIES_MISSING, firstNumber, missing + " missing at the end: " + name(firstNumber, first) + " sealed "
                + Words.count(first.size(), "entry", "entries") + ", and there are " + entries + ".");
    }

    private void advance() {
        next = null;
        while (next == null && notes.hasNext() && !findings.full()) {
            number++;
            next = read(notes.next());
        }
    }

    private @Nullable Checkpoint read(String note) {
        SignedCheckpoint read;
        try {
            read = SignedCheckpoint.parse(note);
        } catch (IllegalArgumentException e) {
            findings.add(Finding.Kind.CHECKPOINT_MALFORMED, number, "Checkpoint " + number + " is not a checkpoint: it " + e.getMessage() + ".");
            return null;
        }
        Checkpoint checkpoint = read.checkpoint();
        switch (read.signedBy(keys)) {
            case YES -> {}
            case NO -> {
                findings.add(Finding.Kind.CHECKPOINT_UNSIGNED, number, "No key that you trust signed " + name(number, checkpoint) + ".");
                return null;
            }
            case WRONGLY -> {
                findings.add(Finding.Kind.CHECKPOINT_FORGED, number, "The signature of " + name(number, checkpoint)
                        + " is wrong: it was altered, or somebody without the key made it.");
                return null;
            }
        }
        signed++;
        requireOrder(checkpoint);
        lastRead = checkpoint;
        return checkpoint;
    }

    private void requireOrder(Checkpoint checkpoint) {
        if (lastRead == null) {
            return;
        }
        if (checkpoint.size() < lastRead.size()) {
            findings.add(Finding.Kind.CHECKPOINT_OUT_OF_ORDER, number,
                    "Out of order: " + name(number, checkpoint) + " seals fewer entries than the one before it.");
        } else if (checkpoint.time().isBefore(lastRead.time())) {
            findings.add(Finding.Kind.CHECKPOINT_OUT_OF_ORDER, number,
                    "Out of order: " + name(number, checkpoint) + " is earlier than the one before it (" + lastRead.time() + ").");
        }
    }

    private static String name(long number, Checkpoint checkpoint) {
        return "checkpoint " + number + " (" + Words.count(checkpoint.size(), "entry", "entries") + ", " + checkpoint.time() + ")";
    }

    /** How many are signed. */
    long signed() {
        return signed;
    }

    /** The last that is signed. */
    @Nullable Checkpoint last() {
        return lastRead;
    }
}
