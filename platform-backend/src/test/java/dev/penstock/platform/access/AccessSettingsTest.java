package dev.penstock.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.platform.running.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessSettingsTest {

    @Test
    void namesAndDefaultsAreThese() {
        assertThat(Settings.names(AccessSettings.class))
                .containsExactly("penstock.access.poll", "penstock.access.fullCheck", "penstock.access.longestStaleness");
        assertThat(Settings.bind(AccessSettings.class, Map.of()))
                .isEqualTo(new AccessSettings(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(30)));
    }

    @Test
    void aPollTooSlowForARevocationWithinTwoSecondsIsRefused() {
        assertThatThrownBy(() -> Settings.bind(AccessSettings.class, Map.of("penstock.access.poll", "2s"))).hasRootCauseInstanceOf(IllegalArgumentException.class);
    }
}
