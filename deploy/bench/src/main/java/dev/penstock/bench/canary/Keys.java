package dev.penstock.bench.canary;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * What callers identify themselves with.
 *
 * @param token of a person's own sign-in, good for a while
 * @param project for which the person calls
 */
public record Keys(Flock flock, String good, String withoutQuota, String revoked, Supplier<String> token, String project) {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int DIGITS = 7;
    private static final int BITS = 5;

    public Keys {
        flock.add(Kind.KEY, good);
        flock.add(Kind.KEY, withoutQuota);
        flock.add(Kind.KEY, revoked);
    }

    /** A key in form, with an id that is there: only its secret is wrong. */
    String wrong() {
        String secret = flock.mint(Kind.WRONG_KEY).text();
        String body = good.substring(0, good.lastIndexOf('_') + 1) + secret;
        return body + checksum(body);
    }

    /** What was never a key. */
    String nonsense() {
        return flock.mint(Kind.WRONG_KEY).text();
    }

    String person() {
        String now = token.get();
        flock.add(Kind.KEY, now);
        return now;
    }

    private static String checksum(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        StringBuilder letters = new StringBuilder(DIGITS);
        for (int shift = BITS * (DIGITS - 1); shift >= 0; shift -= BITS) {
            letters.append(ALPHABET.charAt((int) (crc.getValue() >>> shift & (1 << BITS) - 1)));
        }
        return letters.toString();
    }
}
