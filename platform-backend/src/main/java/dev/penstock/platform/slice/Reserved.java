package dev.penstock.platform.slice;

import java.time.Instant;

/**
 * The time for which a slice was reserved. It comes up at its beginning and does not outlast it.
 */
public record Reserved(Instant from, Instant until) {

    public Reserved {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("a reservation lasts for some time: " + from + " to " + until);
        }
    }
}
