package dev.penstock.bench.canary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** How a text may be written down. What letters and digits alone are written in stays as it is when a URL or a document in JSON is made of it. */
public enum Form {
    PLAIN,
    HEX,
    HEX_IN_CAPITALS,
    /** After a multiple of three bytes. */
    BASE64,
    BASE64_AFTER_ONE,
    BASE64_AFTER_TWO,
    /** Each byte with a percent sign. */
    PERCENT,
    PERCENT_IN_CAPITALS,
    /** As two bytes each. */
    UTF16;

    private static final int BITS_OF_A_BYTE = 8;
    private static final int BITS_OF_A_DIGIT = 6;

    /** Those of letters. */
    static final List<Form> TEXTS = Arrays.stream(values()).filter(form -> form != UTF16).toList();

    byte[] of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return switch (this) {
            case PLAIN -> bytes;
            case HEX -> ascii(HexFormat.of().formatHex(bytes));
            case HEX_IN_CAPITALS -> ascii(HexFormat.of().withUpperCase().formatHex(bytes));
            case BASE64 -> base64(bytes, 0);
            case BASE64_AFTER_ONE -> base64(bytes, 1);
            case BASE64_AFTER_TWO -> base64(bytes, 2);
            case PERCENT -> ascii(HexFormat.of().withPrefix("%").formatHex(bytes));
            case PERCENT_IN_CAPITALS -> ascii(HexFormat.of().withUpperCase().withPrefix("%").formatHex(bytes));
            // Without the first zero byte: so it is found whichever byte comes first.
            case UTF16 -> Arrays.copyOf(text.getBytes(StandardCharsets.UTF_16LE), 2 * bytes.length - 1);
        };
    }

    /** All forms of letters, as a text. */
    public static String allOf(String text) {
        return TEXTS.stream().map(form -> new String(form.of(text), StandardCharsets.US_ASCII)).collect(Collectors.joining("."));
    }

    /** The digits in which nothing of what stands before or behind is. */
    private static byte[] base64(byte[] bytes, int before) {
        byte[] all = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, all, before, bytes.length);
        int from = (BITS_OF_A_BYTE * before + BITS_OF_A_DIGIT - 1) / BITS_OF_A_DIGIT;
        return Arrays.copyOfRange(Base64.getEncoder().encode(all), from, BITS_OF_A_BYTE * all.length / BITS_OF_A_DIGIT);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
