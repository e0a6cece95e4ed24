package dev.penstock.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTextTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of(" { \"a\" : [ 1 , -2,\t0 ] ,\r\n\"b\":{} } ", Map.of("a", List.of(1L, -2L, 0L), "b", Map.of())),
                Arguments.of("[true,false,null]", Arrays.asList(true, false, null)),
                Arguments.of("\"\\u00e9\\\\\\/\\b\\f\\n\\r\\t\\\"\"", "é\\/\b\f\n\r\t\""),
                Arguments.of("\"\\ud83d\\udeb0\"", "🚰"),
                Arguments.of("9007199254740991", 9007199254740991L),
                Arguments.of("-9007199254740991", -9007199254740991L));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void jsonIsRead(String text, Object value) {
        assertThat(JsonText.read(bytes(text))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "''                    | ends too early",
        "{                     | ends too early",
        "[1                    | ends too early",
        "[1,                   | ends too early",
        "\"a                   | ends too early",
        "{\"a\":1,}            | is not JSON from character 8 on",
        "{\"a\" 1}             | is not JSON from character 6 on",
        "{a:1}                 | is not JSON from character 2 on",
        "[1,]                  | is not JSON from character 4 on",
        "[1 2]                 | is not JSON from character 4 on",
        "1 1                   | is not JSON from character 3 on",
        "tru                   | is not JSON from character 1 on",
        "nulll                 | is not JSON from character 5 on",
        "{\"a\":1,\"\\u0061\":2} | has the name \"a\" twice",
        "\"\\x\"               | has an escape that JSON does not know",
        "\"\\u00g0\"           | is not JSON from character 6 on",
        "\"\\ud83d\"           | has half a surrogate pair",
        "\"\\udeb0\\ud83d\"    | has half a surrogate pair",
        "1.0                   | has a number that is not a whole number of at most 2^53 - 1",
        "1e2                   | has a number that is not a whole number of at most 2^53 - 1",
        "01                    | has a number that is not a whole number of at most 2^53 - 1",
        "-0                    | has a number that is not a whole number of at most 2^53 - 1",
        "9007199254740992      | has a number that is not a whole number of at most 2^53 - 1",
        "99999999999999999999  | has a number that is not a whole number of at most 2^53 - 1",
        "-                     | ends too early",
        "+1                    | is not JSON from character 1 on",
        "NaN                   | is not JSON from character 1 on"
    })
    void whatIsNotJsonIsRefused(String text, String why) {
        assertThatThrownBy(() -> JsonText.read(bytes(text))).isInstanceOf(IllegalArgumentException.class).hasMessage(why);
    }

    @Test
    void whatIsNotTextIsRefused() {
        assertThatThrownBy(() -> JsonText.read(bytes("\"a\nb\""))).hasMessage("has a control character in a string");
        assertThatThrownBy(() -> JsonText.read(new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'})).hasMessage("is not UTF-8");
        assertThatThrownBy(() -> JsonText.read(new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'})).hasMessage("is not UTF-8");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (int seed = 0; seed < 2_000; seed++) {
            Object value = RandomJson.value(new Random(seed), 4);
            assertThat(JsonText.read(CanonicalJson.bytes(value))).as("seed %d", seed).isEqualTo(value);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
