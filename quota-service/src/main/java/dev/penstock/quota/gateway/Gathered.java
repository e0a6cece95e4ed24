package dev.penstock.quota.gateway;

import java.util.Arrays;

/** Bytes that come in parts. Nearly all come in one, which is not copied. */
final class Gathered {

    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int length;

    /** @param part whose bytes nobody changes any more */
    void add(byte[] part) {
        if (length == 0) {
            bytes = part;
        } else {
            if (part.length > bytes.length - length) {
                bytes = Arrays.copyOf(bytes, Math.max(length + part.length, 2 * length));
            }
            System.arraycopy(part, 0, bytes, length, part.length);
        }
        length += part.length;
    }

    int length() {
        return length;
    }

    /** All of them; not to be changed. */
    byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
