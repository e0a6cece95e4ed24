package dev.penstock.quota.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LimitSettingsTest {

    @Test
    void namesAndDefaults() {
        assertThat(bind(Map.of())).isEqualTo(new LimitSettings(Duration.ofSeconds(1), Duration.ofDays(14), 200));
        assertThat(bind(Map.of("penstock.limits.watch-every", "3s", "penstock.limits.request-lapses-after", "2d", "penstock.limits.most-waiting-requests", "7")))
                .isEqualTo(new LimitSettings(Duration.ofSeconds(3), Duration.ofDays(2), 7));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("penstock.limits.watch-every", "0s"))).hasRootCauseMessage("penstock.limits.watch-every cannot be PT0S");
        assertThatThrownBy(() -> bind(Map.of("penstock.limits.most-waiting-requests", "0"))).rootCause().hasMessageContaining("at least 1");
    }

    private static LimitSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.limits", LimitSettings.class);
    }
}
