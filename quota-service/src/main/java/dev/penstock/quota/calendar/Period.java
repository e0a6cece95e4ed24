package dev.penstock.quota.calendar;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time with its start and without its end.
 *
 * @param start {@link Instant#MIN}: since ever
 * @param end {@link Instant#MAX}: for ever
 */
public record Period(Instant start, Instant end) implements Comparable<Period> {

    /** The one period of whatever counts at this moment. */
    public static final Period ALWAYS = new Period(Instant.MIN, Instant.MAX);

    public Period {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("a period ends after it starts: " + start + " to " + end);
        }
    }

    public boolean contains(Instant at) {
        return !at.isBefore(start) && at.isBefore(end);
    }

    /** Whole seconds that this period and the stretch from {@code from} to {@code to} have in common; not negative. */
    public long secondsShared(Instant from, Instant to) {
        Instant first = from.isAfter(start) ? from : start;
        Instant last = to.isBefore(end) ? to : end;
        return first.isBefore(last) ? Duration.between(first, last).toSeconds() : 0;
    }

    @Override
    public int compareTo(Period other) {
        return start.compareTo(other.start);
    }
}
