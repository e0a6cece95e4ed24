package dev.penstock.platform.ssh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** An Ed25519 key as SSH knows it (RFC 8709). */
final class SshPublicKey {

    static final String TYPE = "ssh-ed25519";
    private static final int LENGTH = 32;

    private final byte[] point;

    private SshPublicKey(byte[] point) {
        this.point = point.clone();
    }

    static SshPublicKey of(byte[] point) {
        if (point.length != LENGTH) {
            throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + point.length);
        }
        return new SshPublicKey(point);
    }

    /**
     * Of a line as {@code ssh-keygen} writes it; what comes after the key is for people.
     *
     * @throws IllegalArgumentException if it is no such key
     */
    static SshPublicKey parse(String line) {
        String[] words = line.strip().split("\\s+", 3);
        if (words.length < 2 || !words[0].equals(TYPE)) {
            throw new IllegalArgumentException("it does not begin with " + TYPE);
        }
        ByteBuffer blob = ByteBuffer.wrap(Base64.getDecoder().decode(words[1]));
        if (!new String(part(blob), StandardCharsets.US_ASCII).equals(TYPE)) {
            throw new IllegalArgumentException("it is not what it says it is");
        }
        SshPublicKey key = of(part(blob));
        if (blob.hasRemaining()) {
            throw new IllegalArgumentException("there is something behind it");
        }
        return key;
    }

    private static byte[] part(ByteBuffer blob) {
        int length = blob.remaining() < Integer.BYTES ? -1 : blob.getInt();
        if (length < 0 || length > blob.remaining()) {
            throw new IllegalArgumentException("it is cut short");
        }
        byte[] part = new byte[length];
        blob.get(part);
        return part;
    }

    byte[] point() {
        return point.clone();
    }

    byte[] blob() {
        return new SshWire().string(TYPE).string(point).bytes();
    }

    /** As {@code ssh-keygen -l} writes it. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob());
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A line of its own. */
    String line() {
        return TYPE + " " + Base64.getEncoder().encodeToString(blob());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SshPublicKey key && Arrays.equals(key.point, point);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(point);
    }

    @Override
    public String toString() {
        return fingerprint();
    }
}
