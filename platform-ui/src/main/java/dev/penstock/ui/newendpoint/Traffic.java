package dev.penstock.ui.newendpoint;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The calls somebody expects; for comparing, nothing is held to it.
 *
 * @param callsADay on each of 30 days of a month
 * @param input tokens of one call
 * @param output tokens of one call
 */
record Traffic(long callsADay, long input, long output) {

    private static final long DAYS = 30;

    BigInteger tokensAMonth() {
        return callsAMonth().multiply(BigInteger.valueOf(input).add(BigInteger.valueOf(output)));
    }

    /** At prices for one token; nothing is taken to come from a cache. */
    BigInteger costAMonth(BigInteger inputPrice, BigInteger outputPrice) {
        return callsAMonth()
                .multiply(BigInteger.valueOf(input).multiply(inputPrice).add(BigInteger.valueOf(output).multiply(outputPrice)));
    }

    /** What one token costs on average, rounded up; null without any. */
    @Nullable BigInteger aToken(BigInteger costAMonth) {
        BigInteger tokens = tokensAMonth();
        return tokens.signum() == 0 ? null : costAMonth.add(tokens).subtract(BigInteger.ONE).divide(tokens);
    }

    private BigInteger callsAMonth() {
        return BigInteger.valueOf(callsADay).multiply(BigInteger.valueOf(DAYS));
    }
}
