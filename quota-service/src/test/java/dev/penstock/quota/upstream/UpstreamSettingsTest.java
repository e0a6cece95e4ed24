package dev.penstock.quota.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class UpstreamSettingsTest {

    @Test
    void namesAndDefaults() {
        assertThat(bind(Map.of())).isEqualTo(new UpstreamSettings(
                List.of(), Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofMinutes(5)));
        assertThat(bind(Map.of(
                        "penstock.upstreams.allowed-networks", "10.7.0.0/16", "penstock.upstreams.look-up-every", "1m", "penstock.upstreams.look-up-time", "3s",
                        "penstock.upstreams.longest-pinned", "1h", "penstock.upstreams.poll", "500ms", "penstock.upstreams.full-check", "2m",
                        "penstock.upstreams.longest-staleness", "3m")))
                .isEqualTo(new UpstreamSettings(
                        List.of("10.7.0.0/16"), Duration.ofMinutes(1), Duration.ofSeconds(3), Duration.ofHours(1), Duration.ofMillis(500), Duration.ofMinutes(2), Duration.ofMinutes(3)));
    }

    @Test
    void boundsAreBounds() {
        assertThatThrownBy(() -> bind(Map.of("penstock.upstreams.look-up-every", "0s"))).rootCause().hasMessageContaining("look-up-every");
        assertThatThrownBy(() -> bind(Map.of("penstock.upstreams.look-up-time", "0s"))).rootCause().hasMessageContaining("look-up-time");
        assertThatThrownBy(() -> bind(Map.of("penstock.upstreams.look-up-time", "11m"))).rootCause().hasMessageContaining("look-up-time");
        assertThatThrownBy(() -> bind(Map.of("penstock.upstreams.allowed-networks", "everything"))).hasStackTraceContaining("allowed-networks");
    }

    private static UpstreamSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.upstreams", UpstreamSettings.class);
    }
}
