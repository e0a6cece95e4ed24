package dev.penstock.quota.rating;

import java.math.BigInteger;

/**
 * What the tokens of one model cost, each kind in 10⁻¹² of the currency.
 *
 * @param version of the price book; 0: no book, everything is free
 */
public record TokenPrices(int version, String currency, BigInteger input, BigInteger cacheRead, BigInteger cacheWrite, BigInteger output) {

    /** By ISO 4217: no currency. Stands where no price book holds; all amounts are zero there, and zero is never booked. */
    static final String NO_CURRENCY = "XXX";

    /** Tokens of a dedicated endpoint: its slice is paid. */
    public static final TokenPrices FREE = new TokenPrices(0, NO_CURRENCY, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

    public TokenPrices {
        if (input.signum() < 0 || cacheRead.signum() < 0 || cacheWrite.signum() < 0 || output.signum() < 0) {
            throw new IllegalArgumentException("a negative price in book " + version);
        }
    }

    /** Whether nothing is ever to pay. */
    public boolean areFree() {
        return version == 0;
    }

    /** Exact. */
    public BigInteger cost(Tokens tokens) {
        return times(tokens.input(), input).add(times(tokens.cacheRead(), cacheRead)).add(times(tokens.cacheWrite(), cacheWrite)).add(times(tokens.output(), output));
    }

    /** The most that so many tokens can cost: nobody knows yet which of those that go in a cache has, or which are written to one. */
    public BigInteger bound(long inputTokens, long outputTokens) {
        return times(inputTokens, input.max(cacheRead).max(cacheWrite)).add(times(outputTokens, output));
    }

    private static BigInteger times(long tokens, BigInteger price) {
        return BigInteger.valueOf(tokens).multiply(price);
    }
}
