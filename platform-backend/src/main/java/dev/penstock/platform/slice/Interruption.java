package dev.penstock.platform.slice;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a slice gives its part back for others: first it has notice, then its lease stands still until it is ready again. The lease is time
 * with a part; what was taken from a team does not count against it.
 *
 * @param givesBackAt the end of the notice; null: it has none
 * @param stillSince since when its lease stands still; null: it runs, or has not begun
 * @param stoodStill how long it stood still before
 */
public record Interruption(@Nullable Instant givesBackAt, @Nullable Instant stillSince, Duration stoodStill) {

    public static final Interruption NONE = new Interruption(null, null, Duration.ZERO);

    Interruption noticed(Instant until) {
        return new Interruption(until, stillSince, stoodStill);
    }

    Interruption withoutNotice() {
        return new Interruption(null, stillSince, stoodStill);
    }

    /** The part is gone. */
    Interruption stops(Instant at) {
        return new Interruption(null, stillSince == null ? at : stillSince, stoodStill);
    }

    /**
     * It is ready again. Whole seconds, in favour of the team.
     *
     * @param since by the cluster's clock
     * @param now by ours, by which it stopped: what counts if the cluster's clock is behind
     */
    Interruption goesOn(Instant since, Instant now) {
        if (stillSince == null) {
            return this;
        }
        Duration stood = Duration.between(stillSince, since.isBefore(stillSince) ? now : since);
        return new Interruption(givesBackAt, null, stood.isNegative() ? stoodStill : stoodStill.plusSeconds(stood.plusMillis(999).toSeconds()));
    }
}
