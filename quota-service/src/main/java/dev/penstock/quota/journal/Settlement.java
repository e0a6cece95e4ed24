package dev.penstock.quota.journal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of an attempt.
 *
 * @param status HTTP status that the caller got; 499 when the caller went away
 * @param payer who pays; a failed attempt costs the caller nothing
 * @param took from the call to its end
 * @param firstToken from the call to the first byte of content; null: none came, or the answer was not a stream
 */
public record Settlement(Attempt attempt, int status, Counts counts, Payer payer, Cause cause, Duration took, @Nullable Duration firstToken) {

    /** What somebody gets whose call was not answered, or broke off because we died. */
    private static final int UNAVAILABLE = 503;

    public Settlement {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("not an HTTP status: " + status);
        }
        if (took.isNegative() || (firstToken != null && firstToken.isNegative())) {
            throw new IllegalArgumentException("an attempt that ended before it began: " + took + ", " + firstToken);
        }
    }

    /** It was admitted, or may have been, and nothing was sent to anybody. */
    public static Settlement notForwarded(Attempt attempt) {
        return new Settlement(attempt, UNAVAILABLE, Counts.NOTHING, Payer.PLATFORM, Cause.NOT_FORWARDED, Duration.ZERO, null);
    }

    /** Nobody told its end, and nobody will: at its bound, as estimated. */
    public static Settlement neverSettled(Attempt attempt) {
        return new Settlement(attempt, UNAVAILABLE, new Counts.Delivered(Long.MAX_VALUE), Payer.CALLER, Cause.NEVER_SETTLED, Duration.ZERO, null);
    }
}
