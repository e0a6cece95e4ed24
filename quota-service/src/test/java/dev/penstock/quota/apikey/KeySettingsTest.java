package dev.penstock.quota.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.frame.MissingSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class KeySettingsTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Path FILE = Path.of("pepper");

    @Test
    void defaults() {
        assertThat(bind(Map.of("penstock.keys.pepper-file", "pepper")))
                .isEqualTo(new KeySettings(FILE, Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(90), 100, Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofMinutes(5)));
    }

    @Test
    void names() {
        assertThat(bind(Map.of("penstock.keys.pepper-file", "pepper", "penstock.keys.grace", "2d", "penstock.keys.longest-grace", "3d", "penstock.keys.unused-after", "4d", "penstock.keys.rotate-every", "5d", "penstock.keys.most-per-project", "5", "penstock.keys.poll", "500ms",
                        "penstock.keys.full-check", "5s", "penstock.keys.longest-staleness", "9s")))
                .isEqualTo(new KeySettings(FILE, Duration.ofDays(2), Duration.ofDays(3), Duration.ofDays(4), Duration.ofDays(5), 5, Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofSeconds(9)));
    }

    @Test
    void whatCannotBeIsRefused() {
        Duration minute = Duration.ofMinutes(1);
        assertThatThrownBy(() -> new KeySettings(FILE, minute, minute, DAY, DAY, 100, Duration.ofSeconds(2), minute, minute)).hasMessageContaining("within 2 s");
        assertThatThrownBy(() -> new KeySettings(FILE, minute, minute, DAY, DAY, 0, Duration.ofSeconds(1), minute, minute)).hasMessageContaining("most-per-project");
        assertThatThrownBy(() -> new KeySettings(FILE, minute.plusSeconds(1), minute, DAY, DAY, 100, Duration.ofSeconds(1), minute, minute)).hasMessageContaining("longest-grace");
        assertThatThrownBy(() -> new KeySettings(FILE, minute.negated(), minute, DAY, DAY, 100, Duration.ofSeconds(1), minute, minute)).hasMessageContaining("penstock.keys.grace");
        assertThatThrownBy(() -> new KeySettings(FILE, minute, minute, minute, DAY, 100, Duration.ofSeconds(1), minute, minute)).hasMessageContaining("unused-after");
        assertThatThrownBy(() -> new KeySettings(FILE, minute, minute, DAY, minute, 100, Duration.ofSeconds(1), minute, minute)).hasMessageContaining("rotate-every");
        assertThatThrownBy(() -> bind(Map.of())).rootCause().isInstanceOf(MissingSetting.class).hasMessageContaining("penstock.keys.pepper-file");
    }

    private static KeySettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.keys", KeySettings.class);
    }
}
