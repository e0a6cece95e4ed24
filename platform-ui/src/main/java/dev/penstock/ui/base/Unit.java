package dev.penstock.ui.base;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.function.Function;

/**
 * What numbers of a chart count.
 *
 * @param symbol before the number; empty for none
 * @param decimals how many digits of the exact number stand behind the point
 * @param words for reading
 * @param exactly for a hover
 */
public record Unit(String symbol, int decimals, Function<BigInteger, String> words, Function<BigInteger, String> exactly) {

    private static final int PICO_DIGITS = 12;

    /** Whole things: {@code 1.24 M}, exactly {@code 1,240,021}. */
    public static final Unit COUNT = new Unit("", 0, Quantities::rounded, Quantities::count);

    /** Waits in milliseconds, read and drawn in seconds. */
    public static final Unit SECONDS = new Unit("", 3, millis -> Quantities.seconds(Duration.ofMillis(millis.longValue())) + " s", millis -> Quantities.count(millis) + " ms");

    /** Tenths of what comes in a second. */
    public static final Unit TENTHS_PER_SECOND = new Unit("", 1, Quantities::tenths, Quantities::tenths);

    /** Amounts in 10⁻¹² of a currency. */
    public static Unit money(String currency) {
        return new Unit(Amounts.symbol(currency), PICO_DIGITS, pico -> Amounts.of(pico, currency), pico -> Amounts.exactly(pico, currency));
    }

    BigDecimal plotted(BigInteger exact) {
        return new BigDecimal(exact, decimals);
    }
}
