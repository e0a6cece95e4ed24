package dev.penstock.quota.reservation;

import dev.penstock.contract.SliceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What stands in the table for a slice. */
sealed interface Reservation {

    SliceId slice();

    /**
     * Set aside.
     *
     * @param reservedAt in whole seconds
     * @param firstReady when its first phase became ready; null: not yet, or not reported yet
     * @param booked part-seconds booked so far
     */
    record Held(SliceId slice, Terms terms, Instant reservedAt, @Nullable Instant firstReady, long booked) implements Reservation {

        Held forLonger(long leaseSeconds) {
            Terms longer = new Terms(terms.project(), terms.profile(), terms.parts(), leaseSeconds);
            return new Held(slice, longer, reservedAt, firstReady, booked);
        }
    }

    /**
     * Given back, for good.
     *
     * @param terms null: the release came before the reservation, and keeps it out
     */
    record Released(SliceId slice, @Nullable Terms terms, Instant reservedAt) implements Reservation {}
}
