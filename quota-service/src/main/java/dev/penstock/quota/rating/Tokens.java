package dev.penstock.quota.rating;

/**
 * Tokens by kind. The kinds are disjoint: each token is in one of them.
 *
 * @param input those that came from no cache
 * @param output reasoning included
 */
public record Tokens(long input, long cacheRead, long cacheWrite, long output) {

    public static final Tokens NONE = new Tokens(0, 0, 0, 0);

    public Tokens {
        if (input < 0 || cacheRead < 0 || cacheWrite < 0 || output < 0) {
            throw new IllegalArgumentException("a negative count of tokens: " + input + ", " + cacheRead + ", " + cacheWrite + ", " + output);
        }
    }

    /**
     * All that went in.
     *
     * @throws ArithmeticException if it does not fit 63 bits
     */
    public long in() {
        return Math.addExact(Math.addExact(input, cacheRead), cacheWrite);
    }

    /** All of them. */
    public long all() {
        return Math.addExact(in(), output);
    }

    /** What is left without {@code part}, which is no more of any kind. */
    public Tokens less(Tokens part) {
        return new Tokens(input - part.input, cacheRead - part.cacheRead, cacheWrite - part.cacheWrite, output - part.output);
    }

    /** As much of it as two bounds allow: of what went in first what came from a cache, then the rest, then what was written to one. */
    public Tokens within(long inputBound, long outputBound) {
        long read = Math.min(cacheRead, inputBound);
        long plain = Math.min(input, inputBound - read);
        long written = Math.min(cacheWrite, inputBound - read - plain);
        return new Tokens(plain, read, written, Math.min(output, outputBound));
    }
}
