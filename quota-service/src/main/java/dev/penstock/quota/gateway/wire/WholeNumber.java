package dev.penstock.quota.gateway.wire;

import java.math.BigDecimal;
import java.util.Optional;

/** A number of JSON that must be whole. */
final class WholeNumber {

    /** More digits than any count has; longer ones are not worth reading. */
    private static final int MOST_CHARACTERS = 64;

    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);

    private WholeNumber() {}

    /** @param text by the grammar of JSON @return what is beyond a long is the nearest long; empty: it has a fraction, or absurdly many digits */
    static Optional<Long> of(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(text);
            // Compared by size first: expanding 1e999999999 would take a gigabyte.
            if (number.compareTo(MOST) >= 0) {
                return Optional.of(Long.MAX_VALUE);
            }
            if (number.compareTo(LEAST) <= 0) {
                return Optional.of(Long.MIN_VALUE);
            }
            return Optional.of(number.longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
