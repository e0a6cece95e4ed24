package dev.penstock.verifier;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public half of the key that signs checkpoints, in the form of a C2SP signed note's verifier key:
 * {@code name+id+base64(0x01 ‖ 32 bytes)}, where the id is the first four bytes of SHA-256(name ‖ newline ‖ 0x01 ‖ 32 bytes), in hex. The
 * name is also the origin of the checkpoints it signs.
 */
public final class LogKey {

    /** Signature type of Ed25519 in signed notes. */
    static final byte ED25519 = 1;

    static final int KEY_LENGTH = 32;

    /** A schema-less URL, narrower than a signed note allows, so that it stands out in a file and on a terminal. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~:/-]{0,199}");

    /** What X.509 puts before the 32 bytes of an Ed25519 key (RFC 8410). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final Pattern FORM = Pattern.compile("([^+]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/=]+)");

    private final String name;
    private final byte[] encoded;
    private final PublicKey key;

    private LogKey(String name, byte[] encoded, PublicKey key) {
        this.name = name;
        this.encoded = encoded;
        this.key = key;
    }

    /** @throws IllegalArgumentException if the name or the 32 bytes cannot be a key's */
    public static LogKey of(String name, byte[] publicKey) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(Words.quoted(name) + " cannot name a key: letters, digits and . _ ~ : / - only");
        }
        if (publicKey.length != KEY_LENGTH) {
            throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + publicKey.length);
        }
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(join(X509, publicKey)));
            return new LogKey(name, publicKey.clone(), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a key of Ed25519", e);
        }
    }

    /** @throws IllegalArgumentException if this is not a verifier key, or its id does not belong to it */
    public static LogKey parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(Words.quoted(text) + " is not a verifier key of the form name+id+base64");
        }
        byte[] typed = Base64Text.decode(form.group(3));
        if (typed.length != KEY_LENGTH + 1 || typed[0] != ED25519) {
            throw new IllegalArgumentException(Words.quoted(text) + " is not an Ed25519 key");
        }
        LogKey key = of(form.group(1), Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.id().equals(form.group(2))) {
            throw new IllegalArgumentException("the id " + form.group(2) + " is not that of the key it stands with");
        }
        return key;
    }

    public String name() {
        return name;
    }

    /** Eight hex digits. */
    public String id() {
        return HexFormat.of().formatHex(idBytes());
    }

    byte[] idBytes() {
        Hash hash = Hash.sha256(name.getBytes(StandardCharsets.UTF_8), new byte[] {'\n', ED25519}, encoded);
        return Arrays.copyOf(hash.bytes(), 4);
    }

    /** Whether the owner of this key signed {@code message}. */
    boolean signed(byte[] message, byte[] signature) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(message);
            return ed25519.verify(signature);
        } catch (SignatureException e) {
            return false; // not of the form of a signature
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("the key was made for Ed25519", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
        }
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogKey that && name.equals(that.name) && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + Arrays.hashCode(encoded);
    }

    /** The verifier key's text. */
    @Override
    public String toString() {
        return name + "+" + id() + "+" + Base64.getEncoder().encodeToString(join(new byte[] {ED25519}, encoded));
    }
}
