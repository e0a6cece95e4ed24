package dev.penstock.platform.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.platform.running.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelegationSettingsTest {

    @Test
    void namesAndDefaultsAreThese() {
        assertThat(Settings.names(DelegationSettings.class)).containsExactly("penstock.delegation.longest", "penstock.delegation.mostOfOne");
        assertThat(Settings.bind(DelegationSettings.class, Map.of())).isEqualTo(new DelegationSettings(Duration.ofDays(90), 20));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({"longest, 0s", "longest, 900ms", "most-of-one, 0"})
    void whatMakesNoSenseIsRefused(String name, String value) {
        assertThatThrownBy(() -> Settings.bind(DelegationSettings.class, Map.of("penstock.delegation." + name, value))).rootCause().hasMessageContaining("at least");
    }
}
