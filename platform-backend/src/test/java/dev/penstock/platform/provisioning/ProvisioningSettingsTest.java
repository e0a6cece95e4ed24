package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.platform.running.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvisioningSettingsTest {

    private static final ProvisioningSettings DEFAULTS = Settings.bind(ProvisioningSettings.class, Map.of());

    @Test
    void namesAreThese() {
        assertThat(Settings.names(ProvisioningSettings.class)).containsExactly(
                "penstock.provisioning.workers",
                "penstock.provisioning.poll",
                "penstock.provisioning.claim",
                "penstock.provisioning.claimMargin",
                "penstock.provisioning.queuedEvery",
                "penstock.provisioning.comingUpEvery",
                "penstock.provisioning.readyEvery",
                "penstock.provisioning.retryFirst",
                "penstock.provisioning.retryMost",
                "penstock.provisioning.unplacedFor",
                "penstock.provisioning.nodeLostAfter",
                "penstock.provisioning.comesUpWithin",
                "penstock.provisioning.crashes",
                "penstock.provisioning.sweepEvery",
                "penstock.provisioning.nodesEvery",
                "penstock.provisioning.workspace",
                "penstock.provisioning.serving");
    }

    @Test
    void defaultsAreThese() {
        assertThat(DEFAULTS).isEqualTo(new ProvisioningSettings(
                8,
                Duration.ofSeconds(1),
                Duration.ofSeconds(90),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Duration.ofMinutes(1),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofMinutes(15),
                5,
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                new ProvisioningSettings.Workspace("docker.io/library/debian:13-slim", "1", "4Gi", "10Gi", 1000, Duration.ofSeconds(10), "penstock", "platform-backend"),
                ManifestsTest.SERVING));
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,2", "5,32", "6,60", "1000,60"})
    void pausesDoubleUpToAMinute(int failuresBefore, long seconds) {
        assertThat(DEFAULTS.retry(failuresBefore)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"workers,0", "crashes,0", "claim-margin,90s", "workspace.user,0", "serving.user,0", "serving.start-probes,0"})
    void whatCannotWorkIsRefused(String name, String value) {
        assertThatThrownBy(() -> Settings.bind(ProvisioningSettings.class, Map.of("penstock.provisioning." + name, value))).hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theMarginOutlastsAnySingleCall() {
        assertThat(DEFAULTS.claimMargin()).isGreaterThan(Duration.ofSeconds(10 + 3)).isGreaterThan(Duration.ofSeconds(5 + 2));
    }
}
