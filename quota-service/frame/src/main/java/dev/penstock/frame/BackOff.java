package dev.penstock.frame;

import java.time.Duration;

/**
 * Pauses after failures in a row.
 *
 * @param first after the first failure; it doubles with each further one
 * @param longest the longest
 */
public record BackOff(Duration first, Duration longest) {

    public BackOff {
        if (!first.isPositive() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("the longest back-off is at least the first one, which is longer than nothing: " + first + ", " + longest);
        }
    }

    /** @param failures how often in a row it failed, from 1 */
    public Duration after(int failures) {
        Duration pause = first;
        for (int i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
