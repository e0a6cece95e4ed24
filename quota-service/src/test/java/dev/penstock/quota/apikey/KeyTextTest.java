package dev.penstock.quota.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.frame.secret.KeyRing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyTextTest {

    private static final String ONE = "1 " + Base64.getEncoder().encodeToString(new byte[32]) + "\n";
    private static final String TWO = "2 " + Base64.getEncoder().encodeToString("another pepper of thirty-two byte".substring(0, 32).getBytes()) + "\n";

    @TempDir
    Path folder;

    @Test
    void looksAsItIsSaid() {
        KeyText key = KeyText.random(new Random(1));
        assertThat(key.text()).matches("psk_[a-z2-7]{16}_[a-z2-7]{39}");
        assertThat(KeyText.parse(key.text())).contains(key);
        assertThat(key.toString()).isEqualTo("psk_" + key.publicId() + "_…");
    }

    @Test
    void oneWrongCharacterIsNoticedWithoutAskingAnybody() {
        String key = KeyText.random(new Random(2)).text();
        for (int i = 0; i < key.length(); i++) {
            char other = key.charAt(i) == 'q' ? 'r' : 'q';
            assertThat(KeyText.parse(key.substring(0, i) + other + key.substring(i + 1))).as("at %d", i).isEmpty();
        }
        for (String broken : new String[] {"", "psk_", key + "a", key.substring(1), key.toUpperCase(java.util.Locale.ROOT), " " + key}) {
            assertThat(KeyText.parse(broken)).as(broken).isEmpty();
        }
    }

    @Test
    void noTwoAreAlike() {
        Random random = new Random(3);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            KeyText key = KeyText.random(random);
            assertThat(seen.add(key.publicId())).isTrue();
        }
    }

    @Test
    void aKeyIsProvedUnderThePepperItWasMadeWith() throws Exception {
        KeyText key = KeyText.random(new Random(4));
        Pepper old = pepper(ONE);
        Pepper.Proof proof = old.prove(key);
        assertThat(proof.version()).isEqualTo(1);
        assertThat(proof.hmac()).hasSize(32);
        assertThat(old.holds(proof, key)).isTrue();
        assertThat(old.holds(proof, KeyText.random(new Random(5)))).isFalse();
        Pepper both = pepper(ONE + TWO);
        assertThat(both.holds(proof, key)).isTrue();
        assertThat(both.prove(key).version()).isEqualTo(2);
        assertThat(pepper(TWO).holds(proof, key)).as("its pepper is gone").isFalse();
        assertThat(old.holds(new Pepper.Proof(1, both.prove(key).hmac()), key)).as("another pepper").isFalse();
    }

    private Pepper pepper(String content) throws Exception {
        return new Pepper(KeyRing.read(Files.writeString(folder.resolve("pepper"), content), "penstock.keys.pepper-file", Pepper.ALGORITHM));
    }
}
