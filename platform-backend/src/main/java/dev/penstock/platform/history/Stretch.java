package dev.penstock.platform.history;

import java.time.Instant;
import java.util.UUID;

/**
 * A time in which somebody looked again and again.
 *
 * @param until the last look
 * @param keeper the replica that wrote last
 */
record Stretch(Instant from, Instant until, UUID keeper) {

    boolean covers(Instant at) {
        return !at.isBefore(from) && !at.isAfter(until);
    }
}
