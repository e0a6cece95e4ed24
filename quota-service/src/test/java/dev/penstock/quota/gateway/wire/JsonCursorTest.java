package dev.penstock.quota.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonCursorTest {

    private static final JsonMapper JUDGE = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "{", "}", "[1,]", "[,1]", "{\"a\":1,}", "{\"a\"}", "{\"a\":}", "{a:1}", "{'a':1}", "01", "1.", ".5", "+1", "-", "1e", "NaN", "Infinity", "-Infinity",
        "tru", "nulll", "\"", "\"\\x\"", "\"\\u12g4\"", "\"\\u12", "\"tab\there\"", "{} {}", "[1] x", "/* */1", "1 // c", "\ufeff{}", "{\"a\":1 \"b\":2}", "[1 2]", "\"\\"
    })
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> walk(text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(MalformedJson.class).hasMessageContaining("at byte");
    }

    @Test
    void brokenUtf8IsRefused() {
        int[][] broken = {{0x80}, {0xc0, 0x80}, {0xc3}, {0xe0, 0x80, 0x80}, {0xed, 0xa0, 0x80}, {0xf0, 0x80, 0x80, 0x80}, {0xf4, 0x90, 0x80, 0x80}, {0xf8, 0x88, 0x80, 0x80, 0x80}, {0xff}, {0xe2, 0x82}};
        for (int[] sequence : broken) {
            byte[] text = new byte[sequence.length + 2];
            text[0] = '"';
            text[text.length - 1] = '"';
            for (int i = 0; i < sequence.length; i++) {
                text[i + 1] = (byte) sequence[i];
            }
            assertThatThrownBy(() -> walk(text)).as("%x", sequence[0]).isInstanceOf(MalformedJson.class).hasMessageContaining("not UTF-8");
        }
    }

    @Test
    void nestingIsBoundedAndNeedsNoStack() {
        assertThatCode(() -> walk(nested(JsonCursor.MOST_DEPTH))).doesNotThrowAnyException();
        assertThatThrownBy(() -> walk(nested(JsonCursor.MOST_DEPTH + 1))).isInstanceOf(MalformedJson.class).hasMessageContaining("deep");
        assertThatThrownBy(() -> walk(nested(1_000_000))).isInstanceOf(MalformedJson.class);
    }

    @Test
    void everyJsonIsAccepted() {
        for (long seed = 0; seed < 2_000; seed++) {
            String text = new RandomJson(seed).value(5);
            assertThatCode(() -> walk(text.getBytes(StandardCharsets.UTF_8))).as(text).doesNotThrowAnyException();
        }
    }

    /** What one reader takes and another does not is where a reservation and what is served could part. */
    @Test
    void whatIsAcceptedIsAcceptedByJacksonToo() {
        int accepted = 0;
        for (long seed = 0; seed < 5_000; seed++) {
            RandomJson random = new RandomJson(seed);
            byte[] text = random.value(4).getBytes(StandardCharsets.UTF_8);
            text[random.number(text.length)] = (byte) "{}[],:\"\\0e.-tn \u0001".charAt(random.number(16));
            if (accepts(text)) {
                accepted++;
                assertThatCode(() -> JUDGE.readTree(text)).as(new String(text, StandardCharsets.UTF_8)).doesNotThrowAnyException();
            }
        }
        assertThat(accepted).as("mutations that stayed JSON").isBetween(100, 4_900);
    }

    @Test
    void stringsMeanWhatJacksonSays() throws JacksonException {
        for (String text : new String[] {"\"\\u0061\\n\\t\\\"\\\\\\/\\b\\f\\r\"", "\"grüße \\u00e9 日本\"", "\"\\ud83c\\udf88 🎈\"", "\"\""}) {
            JsonCursor cursor = new JsonCursor(text.getBytes(StandardCharsets.UTF_8));
            cursor.next();
            assertThat(cursor.decode(cursor.string())).isEqualTo(JUDGE.readTree(text).asString());
        }
    }

    private static byte[] nested(int depth) {
        return ("[".repeat(depth) + "]".repeat(depth)).getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean accepts(byte[] text) {
        try {
            walk(text);
            return true;
        } catch (MalformedJson e) {
            return false;
        }
    }

    private static void walk(byte[] text) {
        JsonCursor cursor = new JsonCursor(text);
        cursor.skip();
        cursor.finish();
    }
}
