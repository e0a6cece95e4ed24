package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.simulators.cluster.SimCluster;
import dev.penstock.simulators.cluster.SimClusterSettings;
import dev.penstock.simulators.cluster.fleet.Fleet;
import dev.penstock.simulators.cluster.fleet.FleetNode;
import dev.penstock.simulators.cluster.fleet.GpuModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second cluster, with seven sevenths and one whole card, beside the one with fourteen and three. */
@Tag("long")
class TwoClustersTest {

    private static final String EAST = "east:gpu-e";

    @TempDir
    Path folder;

    @Test
    void partsOfBothAreGivenOutOnceAndWhatHasAVolumeStaysWhereItIs() throws Exception {
        FleetNode node = new FleetNode("gpu-e", GpuModel.H100_80GB, 96, 1024, 110, List.of(Collections.nCopies(7, "1g.10gb"), List.of()));
        SimCluster east = SimCluster.start(SimClusterSettings.quick("east").withFleet(new Fleet(List.of(node))));
        Path kubeconfig = folder.resolve("east");
        east.writeKubeconfig(kubeconfig);
        try (SliceBench bench = SliceBench.still("--penstock.clusters.east.kubeconfig=" + kubeconfig, "--penstock.kueue.cluster-queue=", "--penstock.kueue.resources=")) {
            volumeStays(bench);
            List<SliceKey> wholes = fourOfFive(bench);
            east.close();
            oneIsDown(bench, wholes);
        } finally {
            east.close();
        }
    }

    @Test
    void whoWaitsInKueuesQueueWouldBeInNoClusterThatAnybodyKnows() throws Exception {
        try (SimCluster east = SimCluster.start(SimClusterSettings.quick("east"))) {
            Path kubeconfig = folder.resolve("east");
            east.writeKubeconfig(kubeconfig);
            assertThatThrownBy(() -> SliceBench.still("--penstock.clusters.east.kubeconfig=" + kubeconfig)).rootCause()
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("penstock.kueue.cluster-queue");
        }
    }

    private static void volumeStays(SliceBench bench) {
        SliceKey workspace = bench.workspace();
        assertThat(up(bench, workspace)).isEqualTo(EAST);
        String volume = bench.cluster.objectsOfSlice("east:" + bench.namespace(), workspace.slice().toString()).toString();
        assertThat(volume).contains("PersistentVolumeClaim");
        bench.suspend(workspace);
        bench.until(bench.reconciler((step, slice) -> {})::reconcile, workspace, slice -> slice.state() == SliceState.SUSPENDED);
        List<SliceKey> others = IntStream.range(0, 7).mapToObj(i -> bench.queued(SliceBench.SEVENTH)).toList();
        assertThat(others.stream().map(key -> up(bench, key))).containsOnly(EAST);
        bench.resume(workspace);
        for (int turn = 0; turn < 3; turn++) {
            bench.reconciler((step, slice) -> {}).reconcile(workspace);
        }
        assertThat(bench.state(workspace)).as("others have room, its volume is here").isEqualTo(SliceState.QUEUED);
        down(bench, others.getFirst());
        assertThat(up(bench, workspace)).isEqualTo(EAST);
        SliceKey elsewhere = bench.queued(SliceBench.SEVENTH);
        assertThat(up(bench, elsewhere)).isIn("gpu-a", "gpu-b");
    }

    private static List<SliceKey> fourOfFive(SliceBench bench) throws Exception {
        List<SliceKey> wholes = IntStream.range(0, 5).mapToObj(i -> bench.queued(SliceBench.WHOLE)).toList();
        bench.atOnce(wholes);
        List<SliceKey> placed = new ArrayList<>();
        for (SliceKey key : wholes) {
            if (bench.state(key) != SliceState.QUEUED || bench.slice(key).standing().holdsRoom()) {
                placed.add(key);
            }
        }
        assertThat(placed).hasSize(4);
        assertThat(placed.stream().map(key -> up(bench, key))).containsExactlyInAnyOrder(EAST, "gpu-a", "gpu-a", "gpu-b");
        return wholes;
    }

    private static void oneIsDown(SliceBench bench, List<SliceKey> wholes) {
        bench.observe();
        assertThatThrownBy(bench::sweep).isInstanceOf(ClusterFailure.class);
        List<SliceKey> there = wholes.stream().filter(key -> EAST.equals(bench.slice(key).standing().node())).toList();
        there.forEach(bench.reconciler((step, slice) -> {})::reconcile);
        assertThat(there.stream().map(bench::state)).as("nobody knows that it is lost").containsExactly(SliceState.READY);
        SliceKey waiting = wholes.stream().filter(key -> bench.state(key) == SliceState.QUEUED).findFirst().orElseThrow();
        SliceKey atHome = wholes.stream().filter(key -> bench.state(key) == SliceState.READY && !there.contains(key)).findFirst().orElseThrow();
        down(bench, atHome);
        assertThat(up(bench, waiting)).isIn("gpu-a", "gpu-b");
    }

    /** The node where it comes up. */
    private static String up(SliceBench bench, SliceKey key) {
        return Objects.requireNonNull(bench.until(bench.reconciler((step, slice) -> {})::reconcile, key, slice -> slice.state() == SliceState.READY).standing().node());
    }

    private static void down(SliceBench bench, SliceKey key) {
        bench.release(key);
        bench.until(bench.reconciler((step, slice) -> {})::reconcile, key, slice -> slice.state() == SliceState.RELEASED);
    }
}
