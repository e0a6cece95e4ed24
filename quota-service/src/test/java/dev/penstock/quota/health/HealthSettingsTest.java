package dev.penstock.quota.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class HealthSettingsTest {

    @Test
    void defaults() {
        assertThat(bind(Map.of())).isEqualTo(new HealthSettings(
                Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofHours(2), Duration.ofDays(1), Duration.ofMinutes(5), 1_000_000));
    }

    @Test
    void names() {
        assertThat(bind(Map.of(
                        "penstock.health.tell-every", "1s", "penstock.health.sample-every", "2s", "penstock.health.recent", "3s",
                        "penstock.health.all-every", "4s", "penstock.health.longest", "5s", "penstock.health.most-lost", "6")))
                .isEqualTo(new HealthSettings(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(5), 6));
    }

    @ParameterizedTest
    @CsvSource({"tell-every,0s", "sample-every,0s", "recent,1s", "all-every,1s", "longest,0s"})
    void whatCannotBeIsRefused(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("penstock.health." + name, value))).hasRootCauseMessage("penstock.health." + name + " cannot be PT" + value.replace('s', 'S'));
    }

    @Test
    void lessThanNothingCannotBeLost() {
        assertThatThrownBy(() -> bind(Map.of("penstock.health.most-lost", "-1"))).hasRootCauseMessage("penstock.health.most-lost cannot be -1");
    }

    private static HealthSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.health", HealthSettings.class);
    }
}
