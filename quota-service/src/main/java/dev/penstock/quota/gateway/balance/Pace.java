package dev.penstock.quota.gateway.balance;

import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How long a target takes until it is heard, in nanoseconds: a moving average, and those who still wait. Streams are timed to their first token and
 * whole answers to their head, so the two are never compared with each other.
 */
final class Pace {

    /** Of the newest sample: after ten, what was before counts a tenth. */
    private static final double NEWEST = 0.2;

    /** Before, an average says little. */
    private static final int ENOUGH = 5;

    /** What was measured before may no longer hold; then the target counts as not yet known. */
    private static final long STALE = 10_000_000_000L;

    private final Set<Try> waiting = new LinkedHashSet<>();
    private double mean;
    private int samples;
    private long lastAt;

    void begins(Try attempt) {
        waiting.add(attempt);
    }

    void heard(Try attempt, long now) {
        if (waiting.remove(attempt)) {
            long took = now - attempt.begunAt();
            mean = samples == 0 ? took : mean + NEWEST * (took - mean);
            samples = Math.min(samples + 1, ENOUGH);
            lastAt = now;
        }
    }

    /** It failed, or nobody waits for it any more: that says nothing of how long it takes. */
    void leaves(Try attempt) {
        waiting.remove(attempt);
    }

    /** What was measured does not count any more. */
    void forget() {
        samples = 0;
    }

    /** Empty: not known well enough to be compared. */
    OptionalLong usual(long now) {
        return samples < ENOUGH || now - lastAt > STALE ? OptionalLong.empty() : OptionalLong.of((long) mean);
    }

    /** As {@link #usual}, and at least as long as the call waits that waits longest. 0: nothing is known. */
    long atLeast(long now) {
        long longest = waiting.isEmpty() ? 0 : now - waiting.iterator().next().begunAt();
        return Math.max(longest, usual(now).orElse(0));
    }
}
