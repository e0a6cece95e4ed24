package dev.penstock.contract.quota;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the trail is sealed.
 *
 * @param sealed entries in the tree
 * @param waiting entries written and not yet sealed
 * @param checkpoint the last signed checkpoint; null before the first
 * @param verifierKey the public key in signed-note form
 * @param lastVerification null: never since the service started
 */
public record SealStatus(
        long sealed,
        long waiting,
        @Nullable Checkpoint checkpoint,
        String verifierKey,
        @Nullable Verification lastVerification) {

    /**
     * @param size entries it covers
     * @param root Merkle root in hex
     * @param note the signed note, to be kept by the auditor
     * @param copies how many places outside the database hold it
     */
    public record Checkpoint(long number, long size, String root, Instant at, String note, int copies) {}
}
