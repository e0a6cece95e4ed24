package dev.penstock.quota.writeoff;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A declaration as it is on record. */
record WriteOff(
        UUID id, String replica, UUID journal, long epoch, @Nullable Instant heardAt, long attempts, Instant at, String by, String reason) {}
