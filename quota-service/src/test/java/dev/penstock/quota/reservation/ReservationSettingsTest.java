package dev.penstock.quota.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ReservationSettingsTest {

    @Test
    void defaults() {
        assertThat(bind(Map.of())).isEqualTo(new ReservationSettings(Duration.ofDays(7), Duration.ofMinutes(5)));
    }

    @Test
    void names() {
        assertThat(bind(Map.of("penstock.reservation.latest-start", "2h", "penstock.reservation.clock-tolerance", "30s")))
                .isEqualTo(new ReservationSettings(Duration.ofHours(2), Duration.ofSeconds(30)));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new ReservationSettings(Duration.ofSeconds(-1), Duration.ZERO)).hasMessageContaining("latest-start");
        assertThatThrownBy(() -> new ReservationSettings(Duration.ZERO, Duration.ofSeconds(-1))).hasMessageContaining("clock-tolerance");
    }

    private static ReservationSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.reservation", ReservationSettings.class);
    }
}
