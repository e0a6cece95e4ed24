package dev.penstock.platform.idleness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.platform.idleness.GpuActivity.Pod;
import dev.penstock.platform.running.Settings;
import dev.penstock.simulators.metrics.SimPrometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from a Prometheus that scrapes the DCGM exporter. */
class PrometheusActivityTest {

    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Pod OURS = new Pod("penstock-a", "slice-1-1");

    private SimPrometheus prometheus;
    private GpuActivity activity;

    @BeforeEach
    void start() throws IOException {
        prometheus = SimPrometheus.start(Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC));
        activity = asking(Map.of());
    }

    @AfterEach
    void stop() {
        prometheus.close();
    }

    @Test
    void theHighestOfAllGpusOfAPodCounts() {
        prometheus.scrape(PrometheusActivity.ENGINE_ACTIVE, labels("gpu", "0"), 0.2);
        prometheus.scrape(PrometheusActivity.ENGINE_ACTIVE, labels("gpu", "0"), 0.1);
        prometheus.scrape(PrometheusActivity.ENGINE_ACTIVE, labels("gpu", "1"), 0.7);
        prometheus.scrape(PrometheusActivity.ENGINE_ACTIVE, Map.of("gpu", "2"), 0.9);
        assertThat(activity.highest(WINDOW)).containsExactly(Map.entry(OURS, 0.7));
    }

    @Test
    void whoeverScrapesTheExporterUnderItsOwnNameIsUnderstood() {
        prometheus.scrape(PrometheusActivity.ENGINE_ACTIVE, Map.of(
                "namespace", "gpu-operator", "pod", "nvidia-dcgm-exporter-x", "exported_namespace", OURS.namespace(), "exported_pod", OURS.name()), 0.3);
        assertThat(activity.highest(WINDOW)).containsExactly(Map.entry(OURS, 0.3));
    }

    @Test
    void utilizationIsAPercentageOfWholeGpusAndSaysNothingOfAMigInstance() {
        prometheus.scrape(PrometheusActivity.UTILIZATION, labels("gpu", "0"), 40);
        prometheus.scrape(PrometheusActivity.UTILIZATION, Map.of("namespace", "penstock-a", "pod", "mig", "GPU_I_ID", "7"), 0);
        assertThat(activity.highest(WINDOW)).containsExactly(Map.entry(OURS, 0.4));
    }

    @Test
    void aMigInstanceIsMeasuredByItsEngine() {
        prometheus.scrape(PrometheusActivity.ENGINE_ACTIVE, labels("GPU_I_ID", "7"), 0);
        assertThat(activity.highest(WINDOW)).containsExactly(Map.entry(OURS, 0.0));
    }

    @Test
    void whatIsNoNumberWasNotMeasured() {
        prometheus.scrape(PrometheusActivity.ENGINE_ACTIVE, labels("gpu", "0"), Double.NaN);
        assertThatThrownBy(() -> activity.highest(WINDOW)).isInstanceOf(GpuActivity.Unknown.class).hasMessageStartingWith("Prometheus has no GPU metrics of pods");
    }

    @Test
    void noAnswerIsNotTakenForNoActivity() {
        prometheus.scrape(PrometheusActivity.ENGINE_ACTIVE, labels("gpu", "0"), 0);
        prometheus.fail(503);
        assertThatThrownBy(() -> activity.highest(WINDOW)).isInstanceOf(GpuActivity.Unknown.class).hasMessageContaining("does not answer usably");
        prometheus.fail(200);
        assertThatThrownBy(() -> activity.highest(WINDOW)).isInstanceOf(GpuActivity.Unknown.class).hasMessageContaining("does not answer usably");
        prometheus.close();
        assertThatThrownBy(() -> activity.highest(WINDOW)).isInstanceOf(GpuActivity.Unknown.class).hasMessageContaining("does not answer usably");
    }

    @Test
    void theTokenIsReadAnewEachTime(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("token");
        activity = asking(Map.of("penstock.idleness.token-file", file.toString()));
        prometheus.scrape(PrometheusActivity.ENGINE_ACTIVE, labels("gpu", "0"), 0.5);
        prometheus.demand("second");
        assertThatThrownBy(() -> activity.highest(WINDOW)).isInstanceOf(GpuActivity.Unknown.class).hasMessageContaining("token");
        Files.writeString(file, "first\n");
        assertThatThrownBy(() -> activity.highest(WINDOW)).isInstanceOf(GpuActivity.Unknown.class);
        Files.writeString(file, "second\n");
        assertThat(activity.highest(WINDOW)).containsExactly(Map.entry(OURS, 0.5));
    }

    private GpuActivity asking(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("penstock.idleness.prometheus", prometheus.url());
        return new PrometheusActivity(new Prometheus(Settings.bind(IdlenessSettings.class, settings)));
    }

    private static Map<String, String> labels(String name, String value) {
        return Map.of("namespace", OURS.namespace(), "pod", OURS.name(), name, value, "container", "workspace", "UUID", "GPU-1");
    }
}
