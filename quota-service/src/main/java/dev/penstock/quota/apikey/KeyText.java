package dev.penstock.quota.apikey;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A key as text: {@code psk_}, 16 characters that find it, {@code _}, 32 characters of secret (160 random bits), 7 of checksum. The checksum
 * tells a mistyped key, and to those who search for leaked ones a real key, without asking anybody.
 *
 * @param publicId the part that may be shown
 * @param text the whole; a secret
 */
record KeyText(String publicId, String text) {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int PUBLIC = 16;
    private static final int SECRET = 32;
    private static final int CHECKSUM = 7;
    private static final Pattern FORM =
            Pattern.compile("(psk_([a-z2-7]{" + PUBLIC + "})_[a-z2-7]{" + SECRET + "})([a-z2-7]{" + CHECKSUM + "})");

    /** How every key begins. */
    static final String PREFIX = "psk_";

    static KeyText random(RandomGenerator random) {
        return random(random, letters(random, PUBLIC));
    }

    /** With an id that is there. */
    static KeyText random(RandomGenerator random, String publicId) {
        String body = PREFIX + publicId + "_" + letters(random, SECRET);
        return new KeyText(publicId, body + checksum(body));
    }

    /** Empty: not a key, whatever it is. */
    static Optional<KeyText> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() && checksum(form.group(1)).equals(form.group(3)) ? Optional.of(new KeyText(form.group(2), text)) : Optional.empty();
    }

    /** Enough to recognise it. */
    static String start(String publicId) {
        return PREFIX + publicId;
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return start(publicId) + "_…";
    }

    private static String letters(RandomGenerator random, int count) {
        StringBuilder letters = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return letters.toString();
    }

    private static String checksum(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        long value = crc.getValue();
        StringBuilder letters = new StringBuilder(CHECKSUM);
        for (int shift = 5 * (CHECKSUM - 1); shift >= 0; shift -= 5) {
            letters.append(ALPHABET.charAt((int) (value >>> shift & 31)));
        }
        return letters.toString();
    }
}
