package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.simulators.metrics.SimPrometheus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A workspace beside a simulated cluster and a Prometheus: forgotten, suspended, resumed, used, forgotten again and released. */
class IdleLifeTest {

    private static final Duration STEP = Duration.ofMinutes(2);

    private static MovableClock clock;
    private static SimPrometheus prometheus;
    private static SliceBench bench;

    private final SliceReconciler reconciler = bench.reconciler((step, slice) -> {});

    @BeforeAll
    static void start() throws IOException {
        clock = new MovableClock();
        prometheus = SimPrometheus.start(clock);
        bench = SliceBench.still(
                "--penstock.idleness.prometheus=" + prometheus.url(),
                "--penstock.idleness.look-every=200ms",
                "--penstock.idleness.window=4m",
                "--penstock.idleness.warn-after=4m",
                "--penstock.idleness.suspend-after=8m",
                "--penstock.idleness.reclaim-after=5m");
    }

    @AfterAll
    static void stop() {
        bench.close();
        prometheus.close();
    }

    @Test
    void aForgottenWorkspaceGivesItsPartBackAndInTheEndEverything() {
        SliceKey key = bench.queued(SliceBench.SEVENTH);
        reconcileUntil(key, SliceState.READY);
        looksAt(key, 0, 3);
        bench.waitFor(() -> bench.trail(key).contains("slice.warn"));
        passesUntilDraining(key);
        reconcileUntil(key, SliceState.SUSPENDED);
        bench.assertNothingOnTheCluster(key);

        bench.resume(key);
        assertThat(reconcileUntil(key, SliceState.READY).phase()).isEqualTo(2);
        looksAt(key, 0.8, 5);
        assertThat(bench.trail(key)).filteredOn("slice.warn"::equals).as("it is used").hasSize(1);
        passesUntilDraining(key);
        reconcileUntil(key, SliceState.SUSPENDED);

        passes(Duration.ofMinutes(5));
        Slice released = reconcileUntil(key, SliceState.RELEASED);
        assertThat(released.standing().reason()).startsWith("It was suspended because its GPU was idle");
        assertThat(bench.trail(key)).containsExactly(
                "slice.queue", "slice.reserve", "slice.provision", "slice.ready", "slice.warn", "slice.suspend", "slice.vacate",
                "slice.resume", "slice.reserve", "slice.provision", "slice.ready", "slice.warn", "slice.suspend", "slice.vacate",
                "slice.reclaim", "slice.end");
        bench.assertNothingLeft(key);
    }

    /** It does nothing any more; each step is looked at. */
    private void passesUntilDraining(SliceKey key) {
        for (int step = 0; step < 10 && bench.state(key) == SliceState.READY; step++) {
            passes(STEP);
            scraped(key, 0);
            Instant now = clock.instant();
            until(() -> bench.state(key) == SliceState.DRAINING || isKnownSince(key, now));
        }
        assertThat(bench.state(key)).isEqualTo(SliceState.DRAINING);
    }

    private void looksAt(SliceKey key, double share, int steps) {
        for (int step = 0; step < steps; step++) {
            scraped(key, share);
            Instant now = clock.instant();
            until(() -> isKnownSince(key, now));
            if (step < steps - 1) {
                passes(STEP);
            }
        }
    }

    /** The program's time and that of what it asks. */
    private static void passes(Duration time) {
        clock.advance(time);
        bench.passes(time);
    }

    private static void scraped(SliceKey key, double share) {
        prometheus.scrape("DCGM_FI_PROF_GR_ENGINE_ACTIVE", Map.of(
                "namespace", "gpu-operator", "pod", "nvidia-dcgm-exporter-1", "GPU_I_ID", "7",
                "exported_namespace", bench.namespace(), "exported_pod", Installation.pod(key.slice(), bench.slice(key).phase())), share);
    }

    private static boolean isKnownSince(SliceKey key, Instant time) {
        JsonNode known = bench.platform.get("/api/idleness", bench.tenancy.member("ada")).body().path("workspaces");
        return known.valueStream().anyMatch(each -> each.path("slice").asString().equals(key.slice().toString())
                && !Instant.parse(each.path("seenAt").asString()).isBefore(time));
    }

    /** Each look at it is a call: not more often than the program looks. */
    private static void until(BooleanSupplier condition) {
        await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100)).until(condition::getAsBoolean);
    }

    private Slice reconcileUntil(SliceKey key, SliceState state) {
        return bench.until(reconciler::reconcile, key, slice -> slice.state() == state);
    }
}
