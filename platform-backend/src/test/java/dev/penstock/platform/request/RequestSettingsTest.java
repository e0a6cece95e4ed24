package dev.penstock.platform.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.platform.running.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestSettingsTest {

    @Test
    void namesAndDefaultsAreThese() {
        assertThat(Settings.names(RequestSettings.class)).containsExactly("penstock.request.lapseAfter", "penstock.request.remindAfter", "penstock.request.timer");
        assertThat(Settings.bind(RequestSettings.class, Map.of())).isEqualTo(new RequestSettings(Duration.ofDays(7), Duration.ofDays(2), Duration.ofSeconds(30)));
    }
}
