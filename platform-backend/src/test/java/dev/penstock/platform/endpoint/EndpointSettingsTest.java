package dev.penstock.platform.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.platform.running.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointSettingsTest {

    private static final EndpointSettings DEFAULTS = Settings.bind(EndpointSettings.class, Map.of());

    @Test
    void namesAreThese() {
        assertThat(Settings.names(EndpointSettings.class)).containsExactly(
                "penstock.endpoint.poll",
                "penstock.endpoint.renewBefore",
                "penstock.endpoint.renewAgain",
                "penstock.endpoint.firstBackOff",
                "penstock.endpoint.longestBackOff",
                "penstock.endpoint.logLines",
                "penstock.endpoint.events",
                "penstock.endpoint.timeline");
        assertThat(Settings.names(PlatformSettings.class)).containsExactly("penstock.platform.tenant");
    }

    @Test
    void defaultsAreThese() {
        assertThat(DEFAULTS).isEqualTo(new EndpointSettings(
                Duration.ofSeconds(1), Duration.ofMinutes(30), Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofSeconds(30), 200, 50, 200));
        assertThat(Settings.bind(PlatformSettings.class, Map.of())).isEqualTo(new PlatformSettings("platform"));
    }

    @ParameterizedTest(name = "a lease of {0} is renewed {1} before its end")
    @CsvSource({"PT24H, PT30M", "PT1H, PT30M", "PT40M, PT20M", "PT1M, PT30S"})
    void aShortLeaseIsRenewedAtItsHalf(Duration lease, Duration before) {
        assertThat(DEFAULTS.lead(lease)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"poll,0s", "renew-before,0s", "renew-again,-1s", "log-lines,0", "events,0", "timeline,0"})
    void whatCannotWorkIsRefused(String name, String value) {
        assertThatThrownBy(() -> Settings.bind(EndpointSettings.class, Map.of("penstock.endpoint." + name, value))).hasRootCauseInstanceOf(IllegalArgumentException.class);
    }
}
