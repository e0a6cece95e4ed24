package dev.penstock.quota.gateway.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A guess at how much a call asks of a model, 0 to 10: points for what can be seen without understanding it. Pure, and always the same for the same bytes.
 * What each point is for stands in docs/calling.md; words are English ones, so prompts in other languages score by their shape alone.
 */
final class Complexity {

    static final int MOST = 10;

    /** Of the prompt, from its end: what is asked stands last. */
    static final int LOOKED_AT = 16 << 10;

    private static final long[] LONG_PROMPTS = {2_000, 8_000, 32_000};
    private static final int[] MANY_ITEMS = {6, 16};
    private static final int MOST_FOR_WORDS = 2;

    /** Each once, whatever its case. */
    private static final List<byte[]> WORDS = bytes("step by step", "analy", "compare", "explain why", "refactor", "optimi", "architect", "trade-off");
    private static final List<byte[]> MATHEMATICS = bytes("theorem", "equation", "integral", "derivative", "prove that", "probability");
    private static final List<byte[]> CODE = bytes("```", "def ", "public class", "select ", "stack trace");

    private Complexity() {}

    static int of(CallBody body) {
        Span prompt = body.prompt();
        int points = above(prompt.end() - prompt.start(), LONG_PROMPTS) + above(body.items(), MANY_ITEMS);
        points += body.at(Field.TOOLS) == null && body.at(Field.FUNCTIONS) == null ? 0 : 2;
        points += body.unbounded() ? 2 : 0;
        byte[] text = lowered(body.bytes(), Math.max(prompt.start(), prompt.end() - LOOKED_AT), prompt.end());
        points += found(text, CODE) == 0 ? 0 : 1;
        points += found(text, MATHEMATICS) == 0 ? 0 : 1;
        points += Math.min(MOST_FOR_WORDS, found(text, WORDS));
        return Math.min(MOST, points);
    }

    private static int above(long value, long[] steps) {
        return (int) Arrays.stream(steps).filter(step -> value >= step).count();
    }

    private static int above(int value, int[] steps) {
        return (int) Arrays.stream(steps).filter(step -> value >= step).count();
    }

    private static byte[] lowered(byte[] bytes, int start, int end) {
        byte[] text = Arrays.copyOfRange(bytes, start, end);
        for (int i = 0; i < text.length; i++) {
            if (text[i] >= 'A' && text[i] <= 'Z') {
                text[i] += 'a' - 'A';
            }
        }
        return text;
    }

    private static int found(byte[] text, List<byte[]> words) {
        int found = 0;
        for (byte[] word : words) {
            found += contains(text, word) ? 1 : 0;
        }
        return found;
    }

    private static boolean contains(byte[] text, byte[] word) {
        for (int at = 0; at <= text.length - word.length; at++) {
            if (text[at] == word[0] && Arrays.equals(text, at, at + word.length, word, 0, word.length)) {
                return true;
            }
        }
        return false;
    }

    private static List<byte[]> bytes(String... words) {
        return Arrays.stream(words).map(word -> word.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII)).toList();
    }
}
