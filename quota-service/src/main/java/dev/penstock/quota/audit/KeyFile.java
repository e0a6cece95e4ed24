package dev.penstock.quota.audit;

import dev.penstock.frame.MissingSetting;
import dev.penstock.verifier.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Reads the signing key: what {@code openssl genpkey -algorithm ed25519} writes, or 32 bytes of seed in base64. */
final class KeyFile {

    private static final String SETTING = "penstock.audit.signing-key-file";
    private static final int SEED = 32;
    private static final int MOST_BYTES = 16 << 10;

    private KeyFile() {}

    /** @throws MissingSetting if there is no such key; the message does not repeat the file's content */
    static SigningKey read(Path file, String origin) {
        byte[] seed;
        try {
            seed = seed(content(file));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new MissingSetting(SETTING + " (as an Ed25519 key)",
                    "The file " + file + " is neither a PKCS#8 private key of Ed25519 nor 32 bytes in base64. Make one with: openssl genpkey -algorithm ed25519 -out FILE.");
        }
        try {
            return SigningKey.of(origin, seed);
        } catch (IllegalArgumentException e) {
            throw new MissingSetting("penstock.audit.origin (as a name)", e.getMessage() + ".");
        }
    }

    private static byte[] content(Path file) {
        try {
            if (Files.size(file) <= MOST_BYTES) {
                return Files.readAllBytes(file);
            }
        } catch (IOException e) {
            throw new MissingSetting(SETTING + " (as a file that can be read)", "There is no file " + file + " that this program may read.");
        }
        throw new MissingSetting(SETTING + " (as an Ed25519 key)", "The file " + file + " is too large for a key.");
    }

    private static byte[] seed(byte[] content) throws GeneralSecurityException {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        byte[] bytes = isDer(content) ? content : Base64.getDecoder().decode(text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", ""));
        if (bytes.length == SEED) {
            return bytes;
        }
        PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(bytes));
        return ((EdECPrivateKey) key).getBytes().orElseThrow(() -> new IllegalArgumentException("a key without its bytes"));
    }

    /** A sequence that begins with its version. The version's tag is no character of any text, whereas 0x30 is also the digit 0. */
    private static boolean isDer(byte[] content) {
        return content.length > 2 && content[0] == 0x30 && (content[2] == 0x02 || content[1] < 0);
    }
}
