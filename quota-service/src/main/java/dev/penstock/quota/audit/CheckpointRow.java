package dev.penstock.quota.audit;

import dev.penstock.verifier.Checkpoint;
import dev.penstock.verifier.Hash;
import dev.penstock.verifier.SignedCheckpoint;
import java.time.Instant;

/**
 * A published checkpoint as the database has it.
 *
 * @param number from 1
 * @param size entries it covers
 * @param note the signed note; the other fields repeat what it says
 */
record CheckpointRow(long number, long size, Hash root, Instant at, String note) {

    static CheckpointRow of(long number, SignedCheckpoint signed) {
        Checkpoint checkpoint = signed.checkpoint();
        return new CheckpointRow(number, checkpoint.size(), checkpoint.root(), checkpoint.time(), signed.note());
    }

    /** Whether the columns repeat the checkpoint that the note carries. */
    boolean says(Checkpoint checkpoint) {
        return size == checkpoint.size() && root.equals(checkpoint.root()) && at.equals(checkpoint.time());
    }
}
