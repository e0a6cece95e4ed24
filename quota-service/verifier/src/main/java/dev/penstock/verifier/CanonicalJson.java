package dev.penstock.verifier;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tree of {@link Map} (with {@link String} keys), {@link List}, {@link String}, {@link Boolean}, exact numbers and null as
 * canonical JSON (RFC 8785): keys sorted by UTF-16 code units, no spaces, one way to write each character.
 *
 * <p>Numbers: whole numbers up to 2⁵³ − 1 either way are written as such. RFC 8785 would write any other number as the nearest IEEE
 * double and so lose digits of an amount; such a number is written as a string with its exact decimal digits instead, without exponent
 * or trailing zeros. Every value therefore has a canonical form, and any RFC 8785 library makes the same bytes of the text again.
 */
public final class CanonicalJson {

    /** The largest number whose value and neighbours an IEEE double holds exactly. */
    static final long SAFE = (1L << 53) - 1;

    /** More than PostgreSQL's {@code numeric} holds on either side of the point. */
    private static final int MAX_DIGITS = 150_000;

    private final StringBuilder out = new StringBuilder();

    private CanonicalJson() {}

    /**
     * @throws IllegalArgumentException for a type that is not listed above ({@code double} among them: read JSON numbers as
     *     {@link BigDecimal}), for half a surrogate pair, and for more than 64 levels
     */
    public static String text(@Nullable Object tree) {
        CanonicalJson json = new CanonicalJson();
        json.value(tree, 0);
        return json.out.toString();
    }

    /** The text in UTF-8. */
    public static byte[] bytes(@Nullable Object tree) {
        return text(tree).getBytes(StandardCharsets.UTF_8);
    }

    private void value(@Nullable Object value, int depth) {
        switch (value) {
            case null -> out.append("null");
            case Boolean bool -> out.append(bool.booleanValue());
            case String string -> string(string);
            case Map<?, ?> map -> object(map, deeper(depth));
            case List<?> list -> array(list, deeper(depth));
            case Integer whole -> number(BigDecimal.valueOf(whole));
            case Long whole -> number(BigDecimal.valueOf(whole));
            case BigInteger whole -> number(new BigDecimal(whole));
            case BigDecimal exact -> number(exact);
            default -> throw new IllegalArgumentException("no canonical form for a " + value.getClass().getName());
        }
    }

    private static int deeper(int depth) {
        if (depth == Limits.DEPTH) {
            throw new IllegalArgumentException("nested deeper than " + Limits.DEPTH + " levels");
        }
        return depth + 1;
    }

    private void object(Map<?, ?> map, int depth) {
        TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put((String) key, value));
        char before = '{';
        for (Map.Entry<String, @Nullable Object> member : sorted.entrySet()) {
            out.append(before);
            string(member.getKey());
            out.append(':');
            value(member.getValue(), depth);
            before = ',';
        }
        out.append(sorted.isEmpty() ? "{}" : "}");
    }

    private void array(List<?> list, int depth) {
        char before = '[';
        for (Object element : list) {
            out.append(before);
            value(element, depth);
            before = ',';
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    private void number(BigDecimal number) {
        if ((long) number.precision() - number.scale() > MAX_DIGITS || number.scale() > MAX_DIGITS) {
            throw new IllegalArgumentException("a number of more than " + MAX_DIGITS + " digits");
        }
        BigDecimal shortest = number.stripTrailingZeros();
        String digits = shortest.toPlainString();
        if (shortest.scale() <= 0 && shortest.abs().compareTo(BigDecimal.valueOf(SAFE)) <= 0) {
            out.append(digits);
        } else {
            out.append('"').append(digits).append('"');
        }
    }

    private void string(String string) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> plain(string, i, c);
            }
        }
        out.append('"');
    }

    private void plain(String string, int i, char c) {
        if (c < ' ') {
            out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            return;
        }
        boolean whole = Character.isHighSurrogate(c)
                ? i + 1 < string.length() && Character.isLowSurrogate(string.charAt(i + 1))
                : !Character.isLowSurrogate(c) || i > 0 && Character.isHighSurrogate(string.charAt(i - 1));
        if (!whole) {
            throw new IllegalArgumentException("half a surrogate pair has no UTF-8 form");
        }
        out.append(c);
    }
}
