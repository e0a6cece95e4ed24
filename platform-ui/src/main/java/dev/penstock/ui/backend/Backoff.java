package dev.penstock.ui.backend;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling from the shortest to the longest, spread by up to a half, so that all portals do
 * not come back in the same moment.
 *
 * @param shortest also the wait after an ordinary end
 */
record Backoff(Duration shortest, Duration longest, RandomGenerator random) {

    Backoff {
        if (shortest.isNegative() || shortest.compareTo(longest) > 0) {
            throw new IllegalArgumentException("shortest " + shortest + " must be between zero and longest " + longest);
        }
    }

    /** @param failures in a row; 0 after an ordinary end */
    Duration after(int failures) {
        long full = Math.min(longest.toMillis(), shortest.toMillis() << Math.min(failures, 20));
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
