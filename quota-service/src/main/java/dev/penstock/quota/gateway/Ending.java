package dev.penstock.quota.gateway;

import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Cause;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.journal.Payer;
import dev.penstock.quota.journal.Settlement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended.
 *
 * @param status what the client got; 499: nothing, it went away
 * @param firstToken null: no content came, or it was not a stream
 */
record Ending(int status, Counts counts, Payer payer, Cause cause, @Nullable Duration firstToken) {

    /** What the client closed before it was answered, as nginx calls it. */
    static final int CLIENT_CLOSED = 499;

    /** What it gets when we die before it was answered. */
    static final int UNAVAILABLE = 503;

    /** The engine did not begin to work, or nothing it did reached anybody: the caller pays nothing. */
    static Ending failed(int status, Cause cause) {
        return new Ending(status, Counts.NOTHING, Payer.PLATFORM, cause, null);
    }

    /** It was worked on for nobody, and we do not know how much. */
    static Ending lost(int status, Cause cause) {
        return new Ending(status, new Counts.Delivered(0), Payer.PLATFORM, cause, null);
    }

    Settlement settlement(Attempt attempt, Duration took) {
        return new Settlement(attempt, status, counts, payer, cause, took, firstToken);
    }
}
