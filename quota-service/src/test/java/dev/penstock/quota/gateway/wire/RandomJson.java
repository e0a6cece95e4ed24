package dev.penstock.quota.gateway.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** JSON texts as nobody would write them by hand: odd white space, escapes, numbers, nesting. The seed decides. */
final class RandomJson {

    private static final List<String> SCALARS = List.of(
            "0", "-0", "1", "-12.5e+3", "1E400", "0.001", "123456789012345678901234567890", "true", "false", "null", "\"\"",
            "\"plain\"", "\"\\u00e9\\n\\\"\\\\\\/\"", "\"grüße 日本 🎈\"", "\"\\ud83c\\udf88\"", "\"} ] , : { [\"", "\"usage\"", "\"data: [DONE]\"");
    private static final List<String> NAMES = List.of("a", "usage2", "user", "metadata", "\\u0061b", "größe", "Model", "seed", "");

    private final Random random;

    RandomJson(long seed) {
        this.random = new Random(seed);
    }

    String value(int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(4);
        return switch (kind) {
            case 1 -> object(members(depth));
            case 2 -> {
                List<String> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(depth - 1));
                }
                yield "[" + blank() + String.join(blank() + "," + blank(), elements) + blank() + "]";
            }
            default -> SCALARS.get(random.nextInt(SCALARS.size()));
        };
    }

    /** Members whose names differ, none of them one that we read. */
    List<String> members(int depth) {
        List<String> members = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            members.add("\"" + NAMES.get(random.nextInt(NAMES.size())) + i + "\"" + blank() + ":" + blank() + value(depth - 1));
        }
        return members;
    }

    String object(List<String> members) {
        List<String> shuffled = new ArrayList<>(members);
        java.util.Collections.shuffle(shuffled, random);
        return "{" + blank() + String.join(blank() + "," + blank(), shuffled) + blank() + "}";
    }

    String blank() {
        return switch (random.nextInt(6)) {
            case 0 -> " ";
            case 1 -> "\n\t";
            case 2 -> "\r\n ";
            default -> "";
        };
    }

    int number(int below) {
        return random.nextInt(below);
    }

    boolean chance() {
        return random.nextBoolean();
    }
}
