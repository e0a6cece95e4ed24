package dev.penstock.quota.writeoff;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * By a journal, what the lives of a replica left that had it, or hold still.
 *
 * @param epoch of the last of them
 * @param heardAt when that one was last heard of, by the database's clock; null: nobody knows
 * @param now by the same clock
 * @param attempts under way by its last word
 * @param tenants of whose limits something is held
 * @param writtenOff null: it is not
 */
record Left(
        String replica, UUID journal, long epoch, @Nullable Instant heardAt, Instant now, long attempts, long tenants,
        @Nullable WriteOff writtenOff) {}
