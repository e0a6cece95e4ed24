package dev.penstock.platform.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.platform.running.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeSettingsTest {

    @Test
    void namesAndDefaultsAreThese() {
        assertThat(Settings.names(VolumeSettings.class)).containsExactly("penstock.volumes.suggestedGib", "penstock.volumes.mostGib", "penstock.volumes.storageClass");
        assertThat(Settings.bind(VolumeSettings.class, Map.of())).isEqualTo(new VolumeSettings(20, 500, ""));
    }

    @ParameterizedTest
    @CsvSource({"suggested-gib, 0", "suggested-gib, 501", "most-gib, 19", "most-gib, 16385"})
    void whatMakesNoSenseIsRefused(String name, String value) {
        assertThatThrownBy(() -> Settings.bind(VolumeSettings.class, Map.of("penstock.volumes." + name, value))).rootCause().hasMessageContaining("does not hold");
    }
}
