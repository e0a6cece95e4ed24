package dev.penstock.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalJsonTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of(true, "true"),
                Arguments.of(7, "7"),
                Arguments.of(-7L, "-7"),
                Arguments.of(0L, "0"),
                Arguments.of(9007199254740991L, "9007199254740991"),
                Arguments.of(-9007199254740991L, "-9007199254740991"),
                Arguments.of(9007199254740992L, "\"9007199254740992\""),
                Arguments.of(Long.MIN_VALUE, "\"-9223372036854775808\""),
                Arguments.of(new BigInteger("123456789012345678901234567890"), "\"123456789012345678901234567890\""),
                Arguments.of(new BigDecimal("12.50"), "\"12.5\""),
                Arguments.of(new BigDecimal("-0.000001"), "\"-0.000001\""),
                Arguments.of(new BigDecimal("10.00"), "10"),
                Arguments.of(new BigDecimal("1e3"), "1000"),
                Arguments.of(new BigDecimal("1e16"), "\"10000000000000000\""),
                Arguments.of(new BigDecimal("0e7"), "0"),
                Arguments.of("", "\"\""),
                Arguments.of("\"\\/\b\t\n\f\r", "\"\\\"\\\\/\\b\\t\\n\\f\\r\""),
                Arguments.of("\u0000\u000b\u001f\u007f\u0080", "\"\\u0000\\u000b\\u001f\u007f\u0080\""),
                Arguments.of("é\u2028日本🚰", "\"é\u2028日本🚰\""),
                Arguments.of(List.of(), "[]"),
                Arguments.of(Map.of(), "{}"),
                Arguments.of(List.of(1, List.of("a"), Map.of("b", false)), "[1,[\"a\"],{\"b\":false}]"),
                Arguments.of(Arrays.asList(null, 1), "[null,1]"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void everyValueHasOneText(Object value, String text) {
        assertThat(CanonicalJson.text(value)).isEqualTo(text);
        assertThat(CanonicalJson.bytes(value)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void nullIsNull() {
        assertThat(CanonicalJson.text(null)).isEqualTo("null");
    }

    /** By UTF-16 code units: a character beyond U+FFFF (D83D…) comes before U+FB33. The example is that of RFC 8785 section 3.2.3. */
    @Test
    void namesAreSortedByUtf16CodeUnits() {
        Map<String, Object> names = new LinkedHashMap<>();
        for (String name : List.of("€", "\r", "\uFB33", "1", "😀", "\u0080", "ö")) {
            names.put(name, 0);
        }
        assertThat(CanonicalJson.text(names)).isEqualTo("{\"\\r\":0,\"1\":0,\"\u0080\":0,\"ö\":0,\"€\":0,\"😀\":0,\"\uFB33\":0}");
    }

    @Test
    void whatHasNoExactFormIsRefused() {
        assertThatThrownBy(() -> CanonicalJson.text(1.5)).hasMessage("no canonical form for a java.lang.Double");
        assertThatThrownBy(() -> CanonicalJson.text(List.of(1.5f))).hasMessage("no canonical form for a java.lang.Float");
        assertThatThrownBy(() -> CanonicalJson.text("a\uD83D")).hasMessage("half a surrogate pair has no UTF-8 form");
        assertThatThrownBy(() -> CanonicalJson.text("\uDEB0\uD83D")).hasMessage("half a surrogate pair has no UTF-8 form");
        assertThatThrownBy(() -> CanonicalJson.text(new BigDecimal("1e999999999"))).hasMessage("a number of more than 150000 digits");
        assertThatThrownBy(() -> CanonicalJson.text(new BigDecimal("1e-999999999"))).hasMessage("a number of more than 150000 digits");
    }

    @Test
    void sixtyFourLevelsAreWrittenAndReadAndNoMore() {
        assertThat(JsonText.read(CanonicalJson.bytes(nested(64)))).isEqualTo(nested(64));
        assertThatThrownBy(() -> CanonicalJson.text(nested(65))).hasMessage("nested deeper than 64 levels");
        byte[] deeper = ("[".repeat(65) + "]".repeat(65)).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> JsonText.read(deeper)).isInstanceOf(UnusableInput.class).hasMessage("is nested deeper than 64 levels");
    }

    private static Object nested(int levels) {
        Object value = List.of();
        for (int i = 1; i < levels; i++) {
            value = i % 2 == 0 ? List.of(value) : Map.of("in", value);
        }
        return value;
    }
}
