package dev.penstock.quota.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SteeringSettingsTest {

    @Test
    void namesAndDefaults() {
        assertThat(bind(Map.of())).isEqualTo(new SteeringSettings(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofMinutes(5)));
        assertThat(bind(Map.of("penstock.steering.poll", "500ms", "penstock.steering.full-check", "70s", "penstock.steering.longest-staleness", "6m")))
                .isEqualTo(new SteeringSettings(Duration.ofMillis(500), Duration.ofSeconds(70), Duration.ofMinutes(6)));
    }

    @Test
    void aCopyThatIsNeverReadIsRefused() {
        assertThatThrownBy(() -> new SteeringSettings(Duration.ZERO, Duration.ofSeconds(60), Duration.ofMinutes(5))).hasMessageContaining("penstock.steering");
    }

    private static SteeringSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.steering", SteeringSettings.class);
    }
}
