package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.platform.running.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueSettingsTest {

    @Test
    void namesAreThese() {
        assertThat(Settings.names(QueueSettings.class)).containsExactly(
                "penstock.queue.every", "penstock.queue.notice", "penstock.queue.endpointNotice", "penstock.queue.afterRefusal",
                "penstock.queue.reservationGrace");
    }

    @Test
    void defaultsAreThese() {
        assertThat(Settings.bind(QueueSettings.class, Map.of()))
                .isEqualTo(new QueueSettings(Duration.ofSeconds(2), Duration.ofMinutes(10), Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofMinutes(30)));
    }

    @ParameterizedTest
    @CsvSource({"every,0s", "notice,-1s", "endpoint-notice,-1s", "after-refusal,-1s", "reservation-grace,-1s"})
    void whatCannotWorkIsRefused(String name, String value) {
        assertThatThrownBy(() -> Settings.bind(QueueSettings.class, Map.of("penstock.queue." + name, value))).hasRootCauseInstanceOf(IllegalArgumentException.class);
    }
}
