package dev.penstock.quota.route;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.secret.KeyRing;
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
 * Encrypts what engines demand: AES-256-GCM with a random nonce. Tenant and endpoint are authenticated with it, so that whoever can write to
 * the table cannot make one endpoint's key open another. 2^32 keys may be encrypted under one version; nobody publishes as often.
 */
final class EngineKeys {

    static final String ALGORITHM = "AES";

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final KeyRing versions;
    private final SecureRandom random;

    EngineKeys(KeyRing versions, SecureRandom random) {
        this.versions = versions;
        this.random = random;
    }

    /** @param version of the key it is encrypted under */
    @SuppressWarnings("ArrayRecordComponent")
    record Sealed(int version, byte[] bytes) {}

    Sealed seal(TenantId tenant, EndpointId endpoint, String engineKey) {
        int version = versions.newest();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, versions.version(version).orElseThrow(), nonce, tenant, endpoint);
            byte[] text = cipher.doFinal(engineKey.getBytes(StandardCharsets.UTF_8));
            return new Sealed(version, ByteBuffer.allocate(nonce.length + text.length).put(nonce).put(text).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encrypting the key of an engine", e);
        }
    }

    /** @throws CannotOpen if its version is gone from the file, or somebody changed it */
    String open(TenantId tenant, EndpointId endpoint, Sealed sealed) {
        SecretKey key = versions.version(sealed.version()).orElseThrow(
                () -> new CannotOpen("the engine's key of " + endpoint + " is under version " + sealed.version() + ", which is not in the file of keys"));
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed.bytes(), NONCE_BYTES), tenant, endpoint);
            return new String(cipher.doFinal(sealed.bytes(), NONCE_BYTES, sealed.bytes().length - NONCE_BYTES), StandardCharsets.UTF_8);
        } catch (AEADBadTagException | IllegalArgumentException e) {
            throw new CannotOpen("the engine's key of " + endpoint + " was changed in the database, or the file of keys is another");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("decrypting the key of an engine", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, TenantId tenant, EndpointId endpoint) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((tenant + " " + endpoint).getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    /** What stands in the table cannot be used. */
    static final class CannotOpen extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CannotOpen(String message) {
            super(message);
        }
    }
}
