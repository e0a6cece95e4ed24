package dev.penstock.quota.apikey;

import dev.penstock.frame.secret.KeyRing;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Proves keys. A slow hash is for passwords that people choose; against 160 random bits nobody guesses, and a call must not cost a tenth of a
 * second. The pepper makes a stolen table worthless by itself.
 */
final class Pepper {

    static final String ALGORITHM = "HmacSHA256";

    private final KeyRing versions;

    Pepper(KeyRing versions) {
        this.versions = versions;
    }

    /** @param version of the pepper */
    record Proof(int version, byte[] hmac) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Proof proof && proof.version == version && Arrays.equals(proof.hmac, hmac);
        }

        @Override
        public int hashCode() {
            return 31 * version + Arrays.hashCode(hmac);
        }

        @Override
        public String toString() {
            return "Proof[version=" + version + "]";
        }
    }

    Proof prove(KeyText key) {
        int newest = versions.newest();
        return new Proof(newest, hmac(versions.version(newest).orElseThrow(), key));
    }

    /** One that no key has. */
    Proof nobodys() {
        return new Proof(versions.newest(), new byte[0]);
    }

    /** In a time that does not depend on how much of it is right. False also if the pepper of that version is gone. */
    boolean holds(Proof proof, KeyText presented) {
        Optional<SecretKey> pepper = versions.version(proof.version());
        return pepper.isPresent() && MessageDigest.isEqual(hmac(pepper.get(), presented), proof.hmac());
    }

    private static byte[] hmac(SecretKey pepper, KeyText key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(pepper);
            return mac.doFinal(key.bytes());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
