package dev.penstock.platform.idleness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.SliceId;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.platform.idleness.GpuUse.Measured;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.running.Settings;
import dev.penstock.platform.slice.Installation;
import dev.penstock.simulators.metrics.SimPrometheus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ApplicationContext;

/** How much slices use their GPUs, read from a Prometheus for all of them at once. */
class GpuUseTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final SliceId OURS = new SliceId(new UUID(1, 1));
    private static final SliceId OTHER = new SliceId(new UUID(1, 2));

    private final ApplicationContext program = RunningPlatform.shared().context();
    private final Turned clock = new Turned();
    private SimPrometheus prometheus;
    private GpuUse use;

    /** Stands still until it is turned. */
    private static final class Turned extends Clock {

        private Instant now = NOON;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeEach
    void start() throws IOException {
        prometheus = SimPrometheus.start(clock);
        use = asking(Map.of("penstock.idleness.prometheus", prometheus.url()));
    }

    @AfterEach
    void stop() {
        prometheus.close();
    }

    @Test
    void ofSeveralGpusAndSamplesTheMeanCounts() {
        engine(pod(OURS, 1), "gpu", "0", 0.2);
        engine(pod(OURS, 1), "gpu", "0", 0.4);
        engine(pod(OURS, 1), "gpu", "1", 0.9);
        engine(pod(OTHER, 1), "GPU_I_ID", "3", 0);
        use.look();

        assertThat(use.missing()).isNull();
        assertThat(use.slices()).containsOnlyKeys(OURS, OTHER);
        assertThat(use.slices().get(OURS).share()).isBetween(0.5999, 0.6001);
        assertThat(use.slices().get(OTHER)).as("measured, and nought").isEqualTo(new Measured(0, NOON));
    }

    @Test
    void utilizationCountsForWholeGpusWithoutAnEngine() {
        scrape(PrometheusActivity.UTILIZATION, pod(OURS, 1), "gpu", "0", 40);
        scrape(PrometheusActivity.UTILIZATION, pod(OTHER, 1), "GPU_I_ID", "1", 0);
        use.look();
        assertThat(use.slices()).as("of a partition it is always nought, which is nothing measured").isEqualTo(Map.of(OURS, new Measured(0.4, NOON)));

        engine(pod(OURS, 1), "gpu", "0", 0.1);
        use.look();
        assertThat(use.slices().get(OURS)).isEqualTo(new Measured(0.1, NOON));
    }

    @Test
    void whatIsNotOursOrNoNumberIsNotKnown() {
        engine(Map.of("namespace", "another-a", "pod", "slice-" + OURS + "-1"), "gpu", "0", 0.5);
        engine(Map.of("namespace", "penstock-a", "pod", "notebook"), "gpu", "0", 0.5);
        engine(pod(OTHER, 1), "gpu", "0", Double.NaN);
        engine(Map.of(), "gpu", "1", 0.5);
        use.look();
        assertThat(use.slices()).isEmpty();
        assertThat(use.missing()).isNull();
    }

    @Test
    void thePodThatIsThereNowCounts() {
        engine(pod(OURS, 9), "gpu", "0", 0.1);
        engine(pod(OURS, 10), "gpu", "0", 0.7);
        use.look();
        assertThat(use.slices()).isEqualTo(Map.of(OURS, new Measured(0.7, NOON)));
    }

    @Test
    void anExporterThatIsScrapedUnderItsOwnNameIsUnderstood() {
        engine(Map.of("namespace", "gpu-operator", "pod", "dcgm-x", "exported_namespace", "penstock-a", "exported_pod", "slice-" + OURS + "-1"), "gpu", "0", 0.3);
        use.look();
        assertThat(use.slices()).isEqualTo(Map.of(OURS, new Measured(0.3, NOON)));
    }

    /** For as long as what was measured is new enough; then nobody knows, and nobody is idle. */
    @Test
    void whatWasMeasuredIsForgottenWhenNothingComesAfterIt() {
        engine(pod(OURS, 1), "gpu", "0", 0.3);
        use.look();
        prometheus.fail(503);
        clock.now = NOON.plusSeconds(120);
        use.look();
        assertThat(use.missing()).isEqualTo("Prometheus, which is asked for GPU activity, does not answer usably.");
        assertThat(use.slices()).isEqualTo(Map.of(OURS, new Measured(0.3, NOON)));

        clock.now = NOON.plusSeconds(121);
        assertThat(use.slices()).isEmpty();
        prometheus.fail(null);
        use.look();
        assertThat(use.missing()).isNull();
        assertThat(use.slices()).as("the sample is older than the window").isEmpty();
    }

    @Test
    void withoutAPrometheusNothingIsKnown() {
        GpuUse off = asking(Map.of());
        off.look();
        assertThat(off.slices()).isEmpty();
        assertThat(off.missing()).isEqualTo("No Prometheus is named that knows GPU activity.");
    }

    @Test
    void everyHalfMinuteTheLastTwo() {
        assertThat(Settings.bind(GpuUseSettings.class, Map.of())).isEqualTo(new GpuUseSettings(Duration.ofSeconds(30), Duration.ofMinutes(2)));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({"every, 0s, longer than nothing", "every, 3m, no shorter", "window, 1s, no shorter", "window, 60500ms, whole seconds"})
    void whatMakesNoSenseIsRefused(String name, String value, String words) {
        assertThatThrownBy(() -> Settings.bind(GpuUseSettings.class, Map.of("penstock.gpu-use." + name, value))).rootCause().hasMessageContaining(words);
    }

    private GpuUse asking(Map<String, String> settings) {
        IdlenessSettings bound = Settings.bind(IdlenessSettings.class, settings);
        return new GpuUse(
                new Prometheus(bound), bound, Settings.bind(GpuUseSettings.class, Map.of()), new Installation("penstock"), program.getBean(JobTransactions.class),
                program.getBean(Changes.class), clock);
    }

    private static Map<String, String> pod(SliceId slice, int phase) {
        return Map.of("namespace", "penstock-a", "pod", "slice-" + slice + "-" + phase);
    }

    private void engine(Map<String, String> pod, String label, String value, double activity) {
        scrape(PrometheusActivity.ENGINE_ACTIVE, pod, label, value, activity);
    }

    private void scrape(String metric, Map<String, String> pod, String label, String value, double number) {
        Map<String, String> labels = new HashMap<>(pod);
        labels.put(label, value);
        prometheus.scrape(metric, labels, number);
    }
}
