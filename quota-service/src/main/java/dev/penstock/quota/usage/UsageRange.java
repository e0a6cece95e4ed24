package dev.penstock.quota.usage;

import dev.penstock.contract.Problem;
import dev.penstock.frame.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time that somebody asks about.
 *
 * @param from included
 * @param to excluded
 */
record UsageRange(Instant from, Instant to) {

    /** A year, and the month before it to compare with. */
    static final Duration LONGEST = Duration.ofDays(400);

    /** Nothing was used before or will be after; calendars of every zone are whole quarter hours in between. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

    /** @throws ProblemException {@code invalid_input} */
    UsageRange {
        if (!isPlausible(from) || !isPlausible(to) || !from.isBefore(to)) {
            throw new ProblemException(Problem.INVALID_INPUT, "from, to: a range begins before it ends, between " + EARLIEST + " and " + LATEST + ".");
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw new ProblemException(Problem.INVALID_INPUT, "from, to: a range has at most " + LONGEST.toDays() + " days.").with("days", LONGEST.toDays());
        }
    }

    static boolean isPlausible(Instant at) {
        return !at.isBefore(EARLIEST) && !at.isAfter(LATEST);
    }
}
