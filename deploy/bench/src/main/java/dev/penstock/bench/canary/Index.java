package dev.penstock.bench.canary;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds any of many texts in one pass over the bytes: by a hash of the first sixteen, which moves along (Rabin and Karp). */
public final class Index {

    /** The longest that anything searched for may be. */
    static final int LONGEST = 3 * Canary.LONGEST;

    private static final int WINDOW = Canary.SHORTEST;
    private static final long BASE = 1_000_003;
    private static final long LEAVING = power(WINDOW);
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final int BITS = 22;

    private final Map<Long, Sighting[]> patterns;
    /** Most places of most bytes are none, and say so here. */
    private final long[] some = new long[(1 << BITS) / Long.SIZE];

    Index(Map<Long, Sighting[]> patterns) {
        this.patterns = Map.copyOf(patterns);
        this.patterns.keySet().forEach(hash -> some[bit(hash) / Long.SIZE] |= 1L << bit(hash));
    }

    /** What begins within these bytes and ends in them. */
    void find(byte[] bytes, int length, Consumer<Sighting> found) {
        if (length < WINDOW) {
            return;
        }
        long hash = hash(bytes);
        for (int at = 0; ; at++) {
            if ((some[bit(hash) / Long.SIZE] & 1L << bit(hash)) != 0) {
                look(bytes, at, length, patterns.get(hash), found);
            }
            if (at + WINDOW >= length) {
                return;
            }
            hash = hash * BASE + bytes[at + WINDOW] - LEAVING * bytes[at];
        }
    }

    /** Of the first bytes. */
    static long hash(byte[] bytes) {
        long hash = 0;
        for (int i = 0; i < WINDOW; i++) {
            hash = hash * BASE + bytes[i];
        }
        return hash;
    }

    private static void look(byte[] bytes, int at, int length, Sighting @Nullable [] candidates, Consumer<Sighting> found) {
        if (candidates == null) {
            return;
        }
        for (Sighting candidate : candidates) {
            byte[] pattern = candidate.form().of(candidate.canary().text());
            if (pattern.length <= length - at && Arrays.equals(bytes, at, at + pattern.length, pattern, 0, pattern.length)) {
                found.accept(candidate);
            }
        }
    }

    private static int bit(long hash) {
        return (int) (hash * SPREAD >>> Long.SIZE - BITS);
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= BASE;
        }
        return power;
    }
}
