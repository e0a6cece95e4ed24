package dev.penstock.simulators.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The stated rule by which tokens are counted: text is cut from its beginning into pieces of at most four bytes of UTF-8 that
 * do not split a character, and each piece is a token. So no token is more than four bytes and none is less than one, as the
 * bound of a byte-level tokenizer assumes.
 */
final class Tokenizer {

    private static final int BYTES_PER_TOKEN = 4;

    private Tokenizer() {
    }

    static int count(String text) {
        int[] tokens = {0};
        cut(text, unused -> tokens[0]++);
        return tokens[0];
    }

    static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>(text.length() / BYTES_PER_TOKEN + 1);
        int[] from = {0};
        cut(text, end -> {
            pieces.add(text.substring(from[0], end));
            from[0] = end;
        });
        return pieces;
    }

    private static void cut(String text, IntConsumer end) {
        int bytes = 0;
        for (int index = 0; index < text.length(); ) {
            int character = text.codePointAt(index);
            int size = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
            if (bytes + size > BYTES_PER_TOKEN) {
                end.accept(index);
                bytes = 0;
            }
            bytes += size;
            index += Character.charCount(character);
        }
        if (bytes > 0) {
            end.accept(text.length());
        }
    }
}
