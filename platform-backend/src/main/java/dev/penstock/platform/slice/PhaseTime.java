package dev.penstock.platform.slice;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a slice was ready in one phase, folded from what was seen of its pod. Pure. A period begins and ends by the pod's own condition
 * times; one whose end nobody saw ends when it was last seen ready, so a gap is never charged. Nothing counts after the lease.
 *
 * <pre>
 * pod     ready since 10:00            not ready since 10:07    ready since 10:09
 * seen         10:01      10:06               10:08                   10:12
 * seconds        60         360                 420                     600
 * </pre>
 *
 * @param startedAt when the phase was first ready
 * @param readySince start of the open period; null: not ready
 * @param seenReadyAt when it was last seen ready, at most the end of the lease
 * @param closed seconds of the periods that have ended
 * @param booked seconds that quota-service has confirmed
 */
public record PhaseTime(int phase, Instant startedAt, @Nullable Instant readySince, Instant seenReadyAt, long closed, long booked) {

    /** Whole seconds ready so far. Never falls. */
    public long seconds() {
        return closed + (readySince == null ? 0 : between(readySince, seenReadyAt));
    }

    /** Whether there is something that quota-service was not told. */
    public boolean unbooked() {
        return seconds() > booked;
    }

    static PhaseTime begin(int phase, Instant since) {
        return new PhaseTime(phase, since, since, since, 0, 0);
    }

    /** Seen ready at {@code now}, by a condition that holds since {@code since}. */
    PhaseTime ready(Instant since, Instant now, @Nullable Instant leaseEnd) {
        PhaseTime open = readySince == null
                // Its pod may look ready since a time that was counted already, when it flickered between two looks.
                ? new PhaseTime(phase, startedAt, later(since, seenReadyAt), seenReadyAt, closed, booked)
                : since.isAfter(seenReadyAt) ? notReady(null, leaseEnd).ready(since, now, leaseEnd) : this;
        Instant seen = later(seenReadyAt, within(now, leaseEnd));
        return new PhaseTime(phase, startedAt, open.readySince, seen, open.closed, booked);
    }

    /**
     * Seen not ready, by a condition that holds since {@code since}; null: it is gone and did not say since when. The end is never before
     * it was last seen ready: those seconds were told already.
     */
    PhaseTime notReady(@Nullable Instant since, @Nullable Instant leaseEnd) {
        if (readySince == null) {
            return this;
        }
        Instant end = since == null ? seenReadyAt : later(seenReadyAt, within(since, leaseEnd));
        return new PhaseTime(phase, startedAt, null, end, closed + between(readySince, end), booked);
    }

    private static long between(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toSeconds());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant within(Instant time, @Nullable Instant end) {
        return end != null && time.isAfter(end) ? end : time;
    }
}
