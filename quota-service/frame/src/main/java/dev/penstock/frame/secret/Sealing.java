package dev.penstock.frame.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts short secrets that others demand of us: AES-256-GCM with a random nonce. Whose it is is authenticated with it, so that whoever can write to
 * the table cannot make one's secret open another. 2^32 may be encrypted under one version; nobody makes as many.
 */
public final class Sealing {

    public static final String ALGORITHM = "AES";

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final KeyRing versions;
    private final SecureRandom random;

    /** @param versions of keys for {@link #ALGORITHM} */
    public Sealing(KeyRing versions, SecureRandom random) {
        this.versions = versions;
        this.random = random;
    }

    /** @param whose what it can be opened for alone */
    public Sealed seal(String whose, String secret) {
        int version = versions.newest();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, versions.version(version).orElseThrow(), nonce, whose);
            byte[] text = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return new Sealed(version, ByteBuffer.allocate(nonce.length + text.length).put(nonce).put(text).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encrypting the key of " + whose, e);
        }
    }

    /** @throws CannotOpen if its version is gone from the file, or somebody changed it */
    public String open(String whose, Sealed sealed) {
        SecretKey key = versions.version(sealed.version()).orElseThrow(
                () -> new CannotOpen("the key of " + whose + " is under version " + sealed.version() + ", which is not in the file of keys"));
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed.bytes(), NONCE_BYTES), whose);
            return new String(cipher.doFinal(sealed.bytes(), NONCE_BYTES, sealed.bytes().length - NONCE_BYTES), StandardCharsets.UTF_8);
        } catch (AEADBadTagException | IllegalArgumentException e) {
            throw new CannotOpen("the key of " + whose + " was changed in the database, or the file of keys is another");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("decrypting the key of " + whose, e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String whose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(whose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** What stands in the table cannot be used. */
    public static final class CannotOpen extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CannotOpen(String message) {
            super(message);
        }
    }
}
