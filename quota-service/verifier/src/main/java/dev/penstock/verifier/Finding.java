package dev.penstock.verifier;

/**
 * One thing that is not as it was sealed.
 *
 * @param at what {@code kind} says: the index of an entry, or the number of a checkpoint, from 1 in the order given
 * @param sentence for a person; text from the checked file is made harmless in it
 */
public record Finding(Kind kind, long at, String sentence) {

    /** What kind of thing; the comment says what {@link Finding#at} counts. */
    public enum Kind {
        /** Entry: another index stands where this one belongs. */
        ENTRY_MISPLACED,
        /** Entry: not the one line that the fields of an entry are written as. */
        ENTRY_NOT_CANONICAL,
        /** Checkpoint: signed over other entries than these. */
        ENTRIES_ALTERED,
        /** Checkpoint: signed over more entries than there are. */
        ENTRIES_MISSING,
        /** Checkpoint: not of the form of one. */
        CHECKPOINT_MALFORMED,
        /** Checkpoint: not signed by a key that is trusted. */
        CHECKPOINT_UNSIGNED,
        /** Checkpoint: a signature in the name of a trusted key is wrong. */
        CHECKPOINT_FORGED,
        /** Checkpoint: smaller or earlier than the one before it. */
        CHECKPOINT_OUT_OF_ORDER,
        /** Always 0: there are entries but nothing was ever signed. */
        CHECKPOINTS_MISSING,
        /** Kept checkpoint: not signed by a key that is trusted. */
        KEPT_UNSIGNED,
        /** Kept checkpoint: these entries are not those that were sealed then. */
        KEPT_CONTRADICTED,
        /** Key's number in the bundle: not among the keys that the auditor holds. */
        KEY_NOT_HELD,
        /** Entry: the path does not lead from it to the checkpoint's root. */
        PROOF_WRONG,
        /** Entry, or 0: no sealed entry names the archive. */
        ARCHIVE_NOT_NAMED
    }
}
