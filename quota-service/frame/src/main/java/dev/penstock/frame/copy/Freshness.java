package dev.penstock.frame.copy;

import java.time.Duration;

/**
 * How a copy is kept up to date.
 *
 * @param poll how often it is compared with the tables even if no notification arrives
 * @param fullCheck how often everything is read again and compared
 * @param longestStaleness how old it may be before nobody relies on it
 */
public record Freshness(Duration poll, Duration fullCheck, Duration longestStaleness) {

    /** A revocation holds within two seconds, also when its notification is lost. */
    private static final Duration SLOWEST_POLL = Duration.ofSeconds(1);

    /** @throws IllegalArgumentException if what it says cannot be kept; it names the setting below {@code prefix} */
    public static Freshness of(String prefix, Duration poll, Duration fullCheck, Duration longestStaleness) {
        if (poll.compareTo(SLOWEST_POLL) > 0 || poll.isNegative() || poll.isZero()) {
            throw new IllegalArgumentException(prefix + ".poll is " + poll + "; a revocation must hold within 2 s, so at most 1s");
        }
        if (longestStaleness.compareTo(poll) <= 0) {
            throw new IllegalArgumentException(prefix + ".longest-staleness is " + longestStaleness + ", not longer than the poll of " + poll);
        }
        return new Freshness(poll, fullCheck, longestStaleness);
    }
}
