package dev.penstock.quota.writeoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WriteOffSettingsTest {

    @Test
    void namesAndDefaults() {
        assertThat(bind(Map.of())).isEqualTo(new WriteOffSettings(Duration.ofMinutes(20), Duration.ofSeconds(1)));
        assertThat(bind(Map.of("penstock.write-off.unheard", "1h", "penstock.write-off.look-every", "5s")))
                .isEqualTo(new WriteOffSettings(Duration.ofHours(1), Duration.ofSeconds(5)));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("penstock.write-off.unheard", "100ms"))).rootCause().hasMessageContaining("penstock.write-off.unheard");
        assertThatThrownBy(() -> bind(Map.of("penstock.write-off.look-every", "0s"))).rootCause().hasMessageContaining("penstock.write-off.look-every");
    }

    private static WriteOffSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.write-off", WriteOffSettings.class);
    }
}
