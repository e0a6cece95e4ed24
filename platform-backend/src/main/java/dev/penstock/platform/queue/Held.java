package dev.penstock.platform.queue;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A slice that holds parts of the kind.
 *
 * @param size how many
 * @param since when it was queued
 * @param serving whether a model is served with it
 * @param motion whether it stays, goes by itself, or is just coming up
 * @param leaseEndsAt null: not known yet
 * @param givesBackAt the end of the notice it was given; null: it has none
 * @param bookedUntil until when its part is reserved, so that nobody asks it back; null: it is not
 */
public record Held(
        TenantId tenant, SliceId slice, int size, Instant since, boolean serving, Motion motion, @Nullable Instant leaseEndsAt,
        @Nullable Instant givesBackAt, @Nullable Instant bookedUntil) {

    /** What is happening to it anyway. */
    public enum Motion {
        /** Between the queue and the cluster: it cannot be asked to give back until it is there. */
        COMING,
        STAYING,
        /** It is being taken down: what it holds is free soon. */
        GOING
    }

    /**
     * The order in which a tenant's guarantee covers what it holds. Models that are served come first, because others call them; then what
     * was asked for first.
     */
    static final Comparator<Held> COVERED_FIRST = Comparator.comparing((Held held) -> !held.serving())
            .thenComparing(Held::since)
            .thenComparing(held -> held.slice().value());

    /** One that was not reserved. */
    public Held(
            TenantId tenant, SliceId slice, int size, Instant since, boolean serving, Motion motion, @Nullable Instant leaseEndsAt,
            @Nullable Instant givesBackAt) {
        this(tenant, slice, size, since, serving, motion, leaseEndsAt, givesBackAt, null);
    }

    /** Whether its part is reserved for it at that moment. */
    boolean isBooked(Instant moment) {
        return bookedUntil != null && bookedUntil.isAfter(moment);
    }

    public Held {
        if (size < 1) {
            throw new IllegalArgumentException("a slice holds at least one part: " + size);
        }
    }
}
