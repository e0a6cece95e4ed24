package dev.penstock.quota.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.frame.MissingSetting;
import dev.penstock.verifier.Checkpoint;
import dev.penstock.verifier.MerkleTree;
import dev.penstock.verifier.SignedCheckpoint;
import dev.penstock.verifier.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.EdECPrivateKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

    private static final String ORIGIN = "audit.test";

    @TempDir
    Path folder;

    @Test
    void everyFormGivesTheSameKey() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8) + "\n-----END PRIVATE KEY-----\n";
        List<SigningKey> keys = List.of(read(pem.getBytes()), read(pkcs8), read(Base64.getEncoder().encode(seed)), read((Base64.getEncoder().encodeToString(seed) + "\n").getBytes()));
        byte[] x509 = pair.getPublic().getEncoded();
        assertThat(keys).allSatisfy(key -> {
            assertThat(Base64.getDecoder().decode(key.verifier().toString().split("\\+", 3)[2])).endsWith(java.util.Arrays.copyOfRange(x509, x509.length - 32, x509.length));
            SignedCheckpoint signed = key.sign(new Checkpoint(ORIGIN, 0, MerkleTree.EMPTY, Instant.EPOCH));
            assertThat(signed.signedBy(List.of(keys.getFirst().verifier()))).isEqualTo(SignedCheckpoint.Signed.YES);
        });
    }

    /** In base64, one seed of 64 begins with a 0, which is also how a DER sequence begins. */
    @RepeatedTest(64)
    void aSeedIsReadWhateverCharacterItBeginsWith(RepetitionInfo repetition) throws IOException {
        byte[] seed = new byte[32];
        seed[0] = (byte) (repetition.getCurrentRepetition() << 2);
        seed[31] = 7;
        assertThat(read(Base64.getEncoder().encode(seed)).verifier()).isEqualTo(SigningKey.of(ORIGIN, seed).verifier());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret-but-wrong", "c2hvcnQ=", "-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----"})
    void whatIsNoKeyIsRefusedWithoutRepeatingIt(String content) {
        assertThatThrownBy(() -> read(content.getBytes()))
                .isInstanceOf(MissingSetting.class)
                .hasMessageContaining("penstock.audit.signing-key-file")
                .hasMessageContaining("openssl genpkey")
                .message().doesNotContain("secret");
    }

    @Test
    void aKeyOfAnotherKindIsRefused() throws Exception {
        byte[] elliptic = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded();
        assertThatThrownBy(() -> read(elliptic)).isInstanceOf(MissingSetting.class).hasMessageContaining("Ed25519");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> KeyFile.read(folder.resolve("none"), ORIGIN)).isInstanceOf(MissingSetting.class).hasMessageContaining("none");
    }

    @Test
    void anOriginThatCannotNameAKeyIsRefused() throws IOException {
        byte[] seed = Base64.getEncoder().encode(new byte[32]);
        Path file = Files.write(folder.resolve("key"), seed);
        assertThatThrownBy(() -> KeyFile.read(file, "has a blank")).isInstanceOf(MissingSetting.class).hasMessageContaining("penstock.audit.origin");
    }

    private SigningKey read(byte[] content) throws IOException {
        return KeyFile.read(Files.write(folder.resolve("key"), content), ORIGIN);
    }
}
