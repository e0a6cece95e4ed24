package dev.penstock.platform.ssh;

import dev.penstock.frame.MissingSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The key that signs certificates. */
final class AuthorityKey {

    private static final String SETTING = "penstock.ssh.authority-key-file";
    private static final int POINT = 32;

    private final PrivateKey secret;
    private final SshPublicKey open;

    private AuthorityKey(PrivateKey secret, SshPublicKey open) {
        this.secret = secret;
        this.open = open;
    }

    /** @throws MissingSetting if there is no such key; the message does not repeat the file's content */
    static AuthorityKey read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new MissingSetting(SETTING + " (as a file that can be read)", "There is no file " + file + " of text that this program may read.");
        }
        try {
            return of(Base64.getDecoder().decode(text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "")));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new MissingSetting(SETTING + " (as an Ed25519 key)",
                    "The file " + file + " is no PKCS#8 private key of Ed25519. Make one with: openssl genpkey -algorithm ed25519 -out FILE.");
        }
    }

    private static AuthorityKey of(byte[] pkcs8) throws GeneralSecurityException {
        PrivateKey secret = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        byte[] seed = ((EdECPrivateKey) secret).getBytes().orElseThrow(() -> new IllegalArgumentException("a key without its bytes"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(255, new Fixed(seed));
        return new AuthorityKey(secret, SshPublicKey.of(point((EdECPublicKey) generator.generateKeyPair().getPublic())));
    }

    /** Little-endian, and the last bit says whether x is odd (RFC 8032, section 5.1.2). */
    private static byte[] point(EdECPublicKey key) {
        byte[] big = key.getPoint().getY().toByteArray();
        byte[] point = new byte[POINT];
        for (int i = 0; i < POINT && i < big.length; i++) {
            point[i] = big[big.length - 1 - i];
        }
        if (key.getPoint().isXOdd()) {
            point[POINT - 1] |= (byte) 0x80;
        }
        return point;
    }

    SshPublicKey open() {
        return open;
    }

    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(secret);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing with Ed25519", e);
        }
    }

    /** Java makes the public key only together with a private one: it is told which. */
    private static final class Fixed extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Fixed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
