package dev.penstock.verifier;

import java.util.Base64;

/**
 * Base 64 (RFC 4648 section 4) with exactly one text for each value. The JDK's decoder ignores the unused bits of the last character and a
 * missing padding, which would leave bits in a checkpoint that can be altered unseen.
 */
final class Base64Text {

    private Base64Text() {}

    /** @throws IllegalArgumentException if this is not what an encoder writes */
    static byte[] decode(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Words.quoted(text) + " is not base64", e);
        }
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException(Words.quoted(text) + " is not base64 as an encoder writes it");
        }
        return bytes;
    }
}
