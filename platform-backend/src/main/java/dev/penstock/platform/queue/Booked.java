package dev.penstock.platform.queue;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import java.time.Instant;

/**
 * Parts of the kind that are spoken for from a moment to come.
 *
 * @param size how many
 * @param from when its slice comes up
 * @param to until when nobody asks them back
 */
public record Booked(TenantId tenant, SliceId slice, int size, Instant from, Instant to) {

    public Booked {
        if (size < 1 || !from.isBefore(to)) {
            throw new IllegalArgumentException("at least one part, for some time: " + size + ", " + from + " to " + to);
        }
    }

    boolean at(Instant moment) {
        return !from.isAfter(moment) && to.isAfter(moment);
    }
}
