package dev.penstock.platform.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.frame.MissingSetting;
import dev.penstock.platform.running.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSettingsTest {

    private static final ClusterSettings.Mig MIG = new ClusterSettings.Mig("gpu-operator", "custom-mig-config");

    @TempDir
    Path folder;

    @Test
    void namesAndDefaultsAreThese() throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), "");
        assertThat(Settings.names(ClusterSettings.class)).containsExactly(
                "penstock.cluster.kubeconfig", "penstock.cluster.connectTimeout", "penstock.cluster.requestTimeout", "penstock.cluster.watchReconnect", "penstock.cluster.mig");
        assertThat(Settings.bind(ClusterSettings.class, Map.of("penstock.cluster.kubeconfig", file.toString())))
                .isEqualTo(new ClusterSettings(file.toString(), Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(1), MIG));
    }

    @Test
    void withoutCredentialsItDoesNotStart() {
        assertThatThrownBy(() -> new ClusterSettings(" ", Duration.ZERO, Duration.ZERO, Duration.ZERO, MIG))
                .isInstanceOf(MissingSetting.class).hasMessageContaining("penstock.cluster.kubeconfig");
        String missing = folder.resolve("nowhere").toString();
        assertThatThrownBy(() -> new ClusterSettings(missing, Duration.ZERO, Duration.ZERO, Duration.ZERO, MIG))
                .isInstanceOf(MissingSetting.class).hasMessageContaining(missing);
    }

    @Test
    void whatIsNoKubeconfigIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), "{not: [valid");
        ClusterSettings settings = new ClusterSettings(file.toString(), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), MIG);
        assertThatThrownBy(() -> ClusterClient.open(settings)).isInstanceOf(MissingSetting.class).hasMessageContaining("is not a kubeconfig");
    }
}
