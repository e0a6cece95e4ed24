package dev.penstock.quota.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AccessSettingsTest {

    @Test
    void defaults() {
        assertThat(bind(Map.of())).isEqualTo(new AccessSettings(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofMinutes(5)));
    }

    @Test
    void names() {
        assertThat(bind(Map.of("penstock.access.poll", "500ms", "penstock.access.full-check", "5s", "penstock.access.longest-staleness", "9s")))
                .isEqualTo(new AccessSettings(Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofSeconds(9)));
    }

    @Test
    void whatCannotBeIsRefused() {
        Duration minute = Duration.ofMinutes(1);
        assertThatThrownBy(() -> new AccessSettings(Duration.ofSeconds(2), minute, minute)).hasMessageContaining("within 2 s");
        assertThatThrownBy(() -> new AccessSettings(Duration.ZERO, minute, minute)).hasMessageContaining("penstock.access.poll");
        assertThatThrownBy(() -> new AccessSettings(Duration.ofSeconds(1), minute, Duration.ofSeconds(1))).hasMessageContaining("longest-staleness");
    }

    private static AccessSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.access", AccessSettings.class);
    }
}
