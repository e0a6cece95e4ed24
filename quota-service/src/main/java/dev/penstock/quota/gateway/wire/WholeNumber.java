package dev.penstock.quota.gateway.wire;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** A number of JSON that must be whole. */
final class WholeNumber {

    /** So many digits are a long, whichever they are. */
    private static final int MOST_PLAIN = 18;
    /** More digits than any count has; longer ones are not worth reading. */
    private static final int MOST_CHARACTERS = 64;

    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);

    private WholeNumber() {}

    /**
     * @param bytes with a number by the grammar of JSON from {@code start} to {@code end}
     * @return what is beyond a long is the nearest long; empty: it has a fraction, or absurdly many digits
     */
    static OptionalLong of(byte[] bytes, int start, int end) {
        long number = 0;
        boolean plain = end - start <= MOST_PLAIN;
        for (int i = start; plain && i < end; i++) {
            plain = bytes[i] >= '0' && bytes[i] <= '9';
            number = 10 * number + (bytes[i] - '0');
        }
        return plain ? OptionalLong.of(number) : of(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
    }

    private static OptionalLong of(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return OptionalLong.empty();
        }
        try {
            BigDecimal number = new BigDecimal(text);
            // Compared by size first: expanding 1e999999999 would take a gigabyte.
            if (number.compareTo(MOST) >= 0) {
                return OptionalLong.of(Long.MAX_VALUE);
            }
            if (number.compareTo(LEAST) <= 0) {
                return OptionalLong.of(Long.MIN_VALUE);
            }
            return OptionalLong.of(number.longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
