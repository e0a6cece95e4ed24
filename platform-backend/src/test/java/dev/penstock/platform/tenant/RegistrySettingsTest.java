package dev.penstock.platform.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.platform.running.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistrySettingsTest {

    @Test
    void namesAndDefaultsAreThese() {
        assertThat(Settings.names(RegistrySettings.class))
                .containsExactly("penstock.registry.poll", "penstock.registry.firstBackOff", "penstock.registry.longestBackOff");
        assertThat(Settings.bind(RegistrySettings.class, Map.of()))
                .isEqualTo(new RegistrySettings(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(30)));
    }
}
