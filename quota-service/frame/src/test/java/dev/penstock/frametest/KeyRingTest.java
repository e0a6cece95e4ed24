package dev.penstock.frametest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.frame.MissingSetting;
import dev.penstock.frame.secret.KeyRing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {

    private static final String KEY = Base64.getEncoder().encodeToString("thirty-two bytes, neither more .".getBytes(StandardCharsets.US_ASCII));

    @TempDir
    Path folder;

    @Test
    void theNewestIsTheHighestWhereverItStands() throws Exception {
        KeyRing ring = read("10 " + KEY + "\n\n2 " + KEY + "\n9 " + KEY);
        assertThat(ring.newest()).isEqualTo(10);
        assertThat(ring.version(2)).isPresent();
        assertThat(ring.version(3)).isEmpty();
        assertThat(ring.version(9).orElseThrow().getEncoded()).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "1", "KEY", "0 KEY", "-1 KEY", "1 KEY KEY", "1 c2hvcnQ=", "1 not/base64!", "1 KEY\n1 KEY", "a KEY"})
    void whatIsNoRingStopsTheStartAndIsNotRepeated(String content) {
        assertThatThrownBy(() -> read(content.replace("KEY", KEY)))
                .isInstanceOf(MissingSetting.class).hasMessageContaining("a.setting").hasMessageContaining("openssl rand").message().doesNotContain(KEY);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> KeyRing.read(folder.resolve("none"), "a.setting", "AES")).isInstanceOf(MissingSetting.class).hasMessageContaining("none");
        assertThatThrownBy(() -> KeyRing.read(null, "a.setting", "AES")).isInstanceOf(MissingSetting.class).hasMessageContaining("a.setting");
    }

    private KeyRing read(String content) throws Exception {
        return KeyRing.read(Files.writeString(folder.resolve("ring"), content), "a.setting", "AES");
    }
}
