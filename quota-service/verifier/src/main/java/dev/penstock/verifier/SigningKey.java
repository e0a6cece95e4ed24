package dev.penstock.verifier;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The private half of the key that signs checkpoints. Kept outside the database, as the text
 * {@code PRIVATE+KEY+name+id+base64(0x01 ‖ 32 bytes of Ed25519 seed)}.
 */
public final class SigningKey {

    /** What PKCS #8 puts before the 32 bytes of an Ed25519 seed (RFC 8410). */
    private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final Pattern FORM = Pattern.compile("PRIVATE\\+KEY\\+([^+]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/=]+)");

    private final LogKey verifier;
    private final byte[] seed;
    private final PrivateKey key;

    private SigningKey(LogKey verifier, byte[] seed, PrivateKey key) {
        this.verifier = verifier;
        this.seed = seed;
        this.key = key;
    }

    /** A new key. */
    public static SigningKey generate(String name, SecureRandom random) {
        byte[] seed = new byte[LogKey.KEY_LENGTH];
        random.nextBytes(seed);
        return of(name, seed);
    }

    /**
     * @throws IllegalArgumentException if this is not a signing key, or its id does not belong to it; the message does not repeat the
     *     text
     */
    public static SigningKey parse(String secret) {
        Matcher form = FORM.matcher(secret);
        if (!form.matches()) {
            throw new IllegalArgumentException("not a signing key of the form PRIVATE+KEY+name+id+base64");
        }
        byte[] typed;
        try {
            typed = Base64.getDecoder().decode(form.group(3));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the last part of the signing key is not base64");
        }
        if (typed.length != LogKey.KEY_LENGTH + 1 || typed[0] != LogKey.ED25519) {
            throw new IllegalArgumentException("not a signing key of Ed25519");
        }
        SigningKey key = of(form.group(1), Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.verifier.id().equals(form.group(2))) {
            throw new IllegalArgumentException("the id " + form.group(2) + " is not that of the signing key it stands with");
        }
        return key;
    }

    /**
     * The key that this seed makes.
     *
     * @throws IllegalArgumentException if the name cannot be a key's or the seed has not 32 bytes
     */
    public static SigningKey of(String name, byte[] seed) {
        if (seed.length != LogKey.KEY_LENGTH) {
            throw new IllegalArgumentException("the seed of an Ed25519 key has 32 bytes");
        }
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(LogKey.join(PKCS8, seed)));
            return new SigningKey(LogKey.of(name, publicKey(seed)), seed.clone(), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
        }
    }

    /** The JDK derives a public key only when it generates one, so it is made to generate from this seed. */
    private static byte[] publicKey(byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new ThisSeed(seed));
        EdECPublicKey key = (EdECPublicKey) generator.generateKeyPair().getPublic();
        byte[] x509 = key.getEncoded();
        return Arrays.copyOfRange(x509, x509.length - LogKey.KEY_LENGTH, x509.length);
    }

    /** The key that checks what this one signs. */
    public LogKey verifier() {
        return verifier;
    }

    /** The text to keep secret. */
    public String secret() {
        byte[] typed = LogKey.join(new byte[] {LogKey.ED25519}, seed);
        return "PRIVATE+KEY+" + verifier.name() + "+" + verifier.id() + "+" + Base64.getEncoder().encodeToString(typed);
    }

    /** @throws IllegalArgumentException if the checkpoint is of another origin than this key's name */
    public SignedCheckpoint sign(Checkpoint checkpoint) {
        if (!checkpoint.origin().equals(verifier.name())) {
            throw new IllegalArgumentException("a checkpoint of " + checkpoint.origin() + " is not signed by " + verifier.name());
        }
        byte[] signature = sign(checkpoint.text().getBytes(StandardCharsets.UTF_8));
        String line = Base64.getEncoder().encodeToString(LogKey.join(verifier.idBytes(), signature));
        return SignedCheckpoint.parse(checkpoint.text() + "\n— " + verifier.name() + " " + line + "\n");
    }

    private byte[] sign(byte[] message) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key);
            ed25519.update(message);
            return ed25519.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key was made for Ed25519", e);
        }
    }

    /** Tells which key this is, not the key. */
    @Override
    public String toString() {
        return "signing key of " + verifier;
    }

    private static final class ThisSeed extends SecureRandom {

        private static final long serialVersionUID = 1;

        private final byte[] seed;

        ThisSeed(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("Ed25519 asked for " + bytes.length + " random bytes");
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
