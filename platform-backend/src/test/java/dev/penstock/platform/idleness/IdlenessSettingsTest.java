package dev.penstock.platform.idleness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.platform.running.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdlenessSettingsTest {

    @Test
    void namesAreThese() {
        assertThat(Settings.names(IdlenessSettings.class)).containsExactly(
                "penstock.idleness.prometheus",
                "penstock.idleness.tokenFile",
                "penstock.idleness.timeout",
                "penstock.idleness.busyAbove",
                "penstock.idleness.lookEvery",
                "penstock.idleness.window",
                "penstock.idleness.warnAfter",
                "penstock.idleness.suspendAfter",
                "penstock.idleness.reclaimAfter");
    }

    @Test
    void nobodyIsLookedAtUnlessAPrometheusIsNamed() {
        assertThat(Settings.bind(IdlenessSettings.class, Map.of())).isEqualTo(new IdlenessSettings(
                null, null, Duration.ofSeconds(10), 0.01, Duration.ofMinutes(3), Duration.ofMinutes(10), Duration.ofHours(2), Duration.ofHours(4), null));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "prometheus,     prometheus:9090,  http",
        "prometheus,     ftp://prometheus, http",
        "timeout,        0s,               longer than nothing",
        "look-every,     0s,               longer than nothing",
        "look-every,     6m,               twice look-every",
        "window,         5m,               twice look-every",
        "window,         900ms,            whole seconds",
        "window,         600500ms,         whole seconds",
        "warn-after,     4h,               nobody is suspended without a warning",
        "suspend-after,  2h,               nobody is suspended without a warning",
        "reclaim-after,  0s,               longer than nothing",
        "busy-above,     1,                share",
        "busy-above,     -0.1,             share",
    })
    void whatMakesNoSenseIsRefused(String name, String value, String words) {
        assertThatThrownBy(() -> Settings.bind(IdlenessSettings.class, Map.of("penstock.idleness." + name, value))).rootCause().hasMessageContaining(words);
    }
}
