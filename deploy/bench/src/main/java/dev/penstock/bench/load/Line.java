package dev.penstock.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** A line that comes in parts; its bytes are used again for the next one. */
final class Line {

    private static final int LONGEST = 16 * 1024;
    private static final int MOST_DIGITS = 15;

    private byte[] bytes = new byte[256];
    private int length;

    void clear() {
        length = 0;
    }

    /**
     * Adds these bytes.
     *
     * @throws IOException when it becomes longer than a line may be
     */
    void append(byte[] part, int from, int to) throws IOException {
        int needed = length + to - from;
        if (needed > LONGEST) {
            throw new IOException("a line longer than " + LONGEST + " bytes");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
        System.arraycopy(part, from, bytes, length, to - from);
        length = needed;
    }

    /** The line has ended, with or without a carriage return. */
    void end() {
        if (length > 0 && bytes[length - 1] == '\r') {
            length--;
        }
    }

    int length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    byte at(int index) {
        return bytes[index];
    }

    /** The first place of one of these two bytes, or the length. */
    int find(char one, char other) {
        int at = 0;
        while (at < length && bytes[at] != one && bytes[at] != other) {
            at++;
        }
        return at;
    }

    boolean begins(byte[] with) {
        return length >= with.length && Arrays.equals(bytes, 0, with.length, with, 0, with.length);
    }

    /** Whether it begins like this in small or capital letters. */
    boolean beginsInAnyCase(String small) {
        for (int i = 0; i < small.length(); i++) {
            if (i >= length || (bytes[i] | 0x20) != small.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    String smallText(int from) {
        return text(from, length).toLowerCase(Locale.ROOT);
    }

    /**
     * The number written there, blanks around it left out.
     *
     * @throws IOException when there is none
     */
    long number(int from, int to, int radix) throws IOException {
        int first = from;
        while (first < to && bytes[first] == ' ') {
            first++;
        }
        int end = to;
        while (end > first && bytes[end - 1] == ' ') {
            end--;
        }
        if (first == end || end - first > MOST_DIGITS) {
            throw malformed();
        }
        long number = 0;
        for (int i = first; i < end; i++) {
            int digit = Character.digit(bytes[i], radix);
            if (digit < 0) {
                throw malformed();
            }
            number = number * radix + digit;
        }
        return number;
    }

    IOException malformed() {
        return new IOException("not HTTP/1: " + text(0, Math.min(length, 80)));
    }
}
