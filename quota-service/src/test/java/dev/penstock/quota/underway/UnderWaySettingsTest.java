package dev.penstock.quota.underway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class UnderWaySettingsTest {

    @Test
    void namesAndDefaults() {
        assertThat(bind(Map.of())).isEqualTo(new UnderWaySettings(Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofHours(1)));
        assertThat(bind(Map.of("penstock.under-way.tell-every", "1s", "penstock.under-way.patience", "5s", "penstock.under-way.lost-after", "2h")))
                .isEqualTo(new UnderWaySettings(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofHours(2)));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("penstock.under-way.tell-every", "2s"))).rootCause().hasMessageContaining("penstock.under-way.tell-every");
        assertThatThrownBy(() -> bind(Map.of("penstock.under-way.patience", "100ms"))).rootCause().hasMessageContaining("penstock.under-way.patience");
        assertThatThrownBy(() -> bind(Map.of("penstock.under-way.lost-after", "1s"))).rootCause().hasMessageContaining("penstock.under-way.lost-after");
    }

    private static UnderWaySettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.under-way", UnderWaySettings.class);
    }
}
