package dev.penstock.verifier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Values as they may stand in an entry, awkward ones too. */
final class RandomJson {

    private static final String[] ALPHABETS = {
        "abcdefghijklmnopqrstuvwxyz -_.:/", "\"\\/\b\f\n\r\t\u0000\u0001\u001f\u007f", "äöüßéñçåøœ€", "日本語中文한국어", "אבגדעربي\u200f\u202e\u200b\ufeff", "e\u0301\u0308\u2028\u2029\ufffd\uffff"
    };

    private static final int[] BEYOND = {0x1F6B0, 0x1F600, 0x10FFFF, 0x20000, 0x1D11E};

    private RandomJson() {}

    static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> (long) random.nextInt();
            case 3 -> random.nextLong(-CanonicalJson.SAFE, CanonicalJson.SAFE + 1);
            case 4 -> text(random, 20);
            case 5 -> list(random, depth - 1);
            default -> object(random, depth - 1);
        };
    }

    static Map<String, @Nullable Object> object(Random random, int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.put(text(random, 8), value(random, depth));
        }
        return object;
    }

    private static List<@Nullable Object> list(Random random, int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(value(random, depth));
        }
        return list;
    }

    static String text(Random random, int longest) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(longest + 1); i > 0; i--) {
            String alphabet = ALPHABETS[random.nextInt(4) > 0 ? 0 : random.nextInt(ALPHABETS.length)];
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            if (random.nextInt(12) == 0) {
                text.appendCodePoint(BEYOND[random.nextInt(BEYOND.length)]);
            }
        }
        return text.toString();
    }
}
