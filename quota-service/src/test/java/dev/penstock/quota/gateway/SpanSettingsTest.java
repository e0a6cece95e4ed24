package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SpanSettingsTest {

    @Test
    void namesAndDefaults() {
        assertThat(bind(Map.of())).isEqualTo(new SpanSettings(null, 1, 2_048, Duration.ofSeconds(5), false));
        assertThat(bind(Map.of(
                        "penstock.spans.endpoint", "https://collector.example/v1/traces", "penstock.spans.share", "0.25", "penstock.spans.queue", "9", "penstock.spans.patience", "1s",
                        "penstock.spans.trust-callers", "true")))
                .isEqualTo(new SpanSettings(URI.create("https://collector.example/v1/traces"), 0.25, 9, Duration.ofSeconds(1), true));
    }

    @Test
    void boundsAreBounds() {
        assertThatThrownBy(() -> new SpanSettings(null, 0, 1, Duration.ofSeconds(1), false)).hasMessageContaining("share");
        assertThatThrownBy(() -> new SpanSettings(null, 1, 0, Duration.ofSeconds(1), false)).hasMessageContaining("queue");
        assertThatThrownBy(() -> new SpanSettings(URI.create("file:/spans"), 1, 1, Duration.ofSeconds(1), false)).hasMessageContaining("penstock.spans.endpoint");
    }

    private static SpanSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.spans", SpanSettings.class);
    }
}
