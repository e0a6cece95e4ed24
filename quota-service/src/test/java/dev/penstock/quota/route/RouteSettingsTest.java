package dev.penstock.quota.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.frame.MissingSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RouteSettingsTest {

    private static final Path FILE = Path.of("ring");

    @Test
    void defaults() {
        assertThat(bind(Map.of("penstock.routes.secrets-key-file", "ring")))
                .isEqualTo(new RouteSettings(FILE, Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofMinutes(5)));
    }

    @Test
    void names() {
        assertThat(bind(Map.of("penstock.routes.secrets-key-file", "ring", "penstock.routes.poll", "500ms", "penstock.routes.full-check", "5s",
                        "penstock.routes.longest-staleness", "9s")))
                .isEqualTo(new RouteSettings(FILE, Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofSeconds(9)));
    }

    @Test
    void whatCannotBeIsRefused() {
        Duration minute = Duration.ofMinutes(1);
        assertThatThrownBy(() -> new RouteSettings(FILE, Duration.ofSeconds(2), minute, minute)).hasMessageContaining("within 2 s");
        assertThatThrownBy(() -> bind(Map.of())).rootCause().isInstanceOf(MissingSetting.class).hasMessageContaining("penstock.routes.secrets-key-file");
    }

    private static RouteSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.routes", RouteSettings.class);
    }
}
