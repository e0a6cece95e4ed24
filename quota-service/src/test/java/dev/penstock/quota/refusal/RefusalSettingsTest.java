package dev.penstock.quota.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RefusalSettingsTest {

    @Test
    void namesAndDefaults() {
        assertThat(bind(Map.of())).isEqualTo(new RefusalSettings(200, Duration.ofDays(7), 5_000, Duration.ofSeconds(1)));
        assertThat(bind(Map.of("penstock.refusals.most-per-hour", "0", "penstock.refusals.keep-for", "1d", "penstock.refusals.queue", "1", "penstock.refusals.write-every", "2s")))
                .isEqualTo(new RefusalSettings(0, Duration.ofDays(1), 1, Duration.ofSeconds(2)));
    }

    @Test
    void boundsAreBounds() {
        assertThatThrownBy(() -> new RefusalSettings(-1, Duration.ofDays(7), 1, Duration.ofSeconds(1))).hasMessageContaining("most-per-hour");
        assertThatThrownBy(() -> new RefusalSettings(1, Duration.ZERO, 1, Duration.ofSeconds(1))).hasMessageContaining("keep-for");
    }

    private static RefusalSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.refusals", RefusalSettings.class);
    }
}
