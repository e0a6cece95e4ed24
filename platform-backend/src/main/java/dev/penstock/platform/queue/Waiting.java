package dev.penstock.platform.queue;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A slice that waits for parts of the kind, and would use them now.
 *
 * @param size how many it needs, all at once
 * @param since when it was queued
 * @param pressing whether others may have to give back for it; false while quota-service refuses it, so that nobody stops for a slice that
 *     could not run
 * @param serving whether a model is to be served with it
 * @param until when its lease ended if it came up now; null: nobody knows
 * @param booked whether its part is reserved from now on
 * @param within the only cluster where it can go on, because something of its is there; null: any
 */
public record Waiting(
        TenantId tenant, SliceId slice, int size, Instant since, boolean pressing, boolean serving, @Nullable Instant until, boolean booked,
        @Nullable String within) {

    /** Ids break ties, so that every replica sees the same queue. */
    static final Comparator<Waiting> OLDEST_FIRST = Comparator.comparing(Waiting::since)
            .thenComparing(waiting -> waiting.tenant().value())
            .thenComparing(waiting -> waiting.slice().value());

    public Waiting {
        if (size < 1) {
            throw new IllegalArgumentException("a slice waits for at least one part: " + size);
        }
    }
}
