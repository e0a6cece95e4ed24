package dev.penstock.platform.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.SliceId;
import dev.penstock.platform.cluster.Cluster.Deletion;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.ClusterFailure.Kind;
import dev.penstock.platform.cluster.KueueSeen;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.cluster.WorkloadSeen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What we rely on a cluster with Kueue to do. Skipped where there is none; with a ClusterQueue that has room for a small pod more is tried. */
abstract class KueueContract extends DeviceContract {

    /** One with cpu and memory to spare, that lets every namespace in; empty: there is none. */
    abstract String clusterQueue();

    @Test
    void aPodWaitsAtItsPlaceUntilItsQuotaIsFreeAndIsPlacedThen() {
        KueueSeen kueue = seen();
        applyNamespace(restricted());
        applyQueue(kueue, clusterQueue());
        assertThat(applyQueue(kueue, clusterQueue())).as("it is as it should be").isFalse();

        SliceId large = new SliceId(UUID.randomUUID());
        cluster.apply(queued(large, clusterQueue(), "100000"));
        PodSeen gated = only(large);
        assertThat(gated.gated()).isTrue();
        assertThat(gated.unschedulable()).isNull();
        WorkloadSeen waits = await().atMost(PATIENCE).until(() -> cluster.workload(gated).orElse(new WorkloadSeen(null, null)), workload -> workload.words() != null);
        assertThat(waits.admittedAt()).isNull();
        assertThat(waits.words()).contains("couldn't assign flavors to pod set main", "cpu");
        await().atMost(PATIENCE).until(() -> cluster.kueue(clusterQueue()).places().containsKey(gated.uid()));

        SliceId small = new SliceId(UUID.randomUUID());
        cluster.apply(queued(small, clusterQueue(), "10m"));
        PodSeen placed = await().atMost(PATIENCE).until(() -> only(small), pod -> pod.node() != null);
        assertThat(placed.gated()).isFalse();
        assertThat(Objects.requireNonNull(cluster.workload(placed).orElseThrow().admittedAt())).isAfterOrEqualTo(Objects.requireNonNull(placed.scheduled()).since().minusSeconds(60));

        for (PodSeen pod : List.of(gated, placed)) {
            cluster.delete(only(Objects.requireNonNull(Objects.requireNonNull(pod.marks()).slice())), Deletion.GRACEFUL);
            await().atMost(PATIENCE).until(() -> cluster.pod(namespace, pod.name()).isEmpty());
            await().atMost(PATIENCE).until(() -> cluster.workload(pod).isEmpty());
        }
    }

    @Test
    void aQueueThatIsNotThereIsNamed() {
        KueueSeen kueue = seen();
        applyNamespace(restricted());
        assertThat(cluster.kueue("none-of-the-name").missing()).isEqualTo("There is no ClusterQueue none-of-the-name.");
        applyQueue(kueue, "none-of-the-name");
        SliceId slice = new SliceId(UUID.randomUUID());
        cluster.apply(queued(slice, "none-of-the-name", "10m"));
        PodSeen pod = only(slice);
        await().atMost(PATIENCE).until(() -> cluster.workload(pod).map(WorkloadSeen::words).orElse("").contains("ClusterQueue none-of-the-name doesn't exist"));
    }

    @Test
    void aLocalQueueIsReadStrictly() {
        KueueSeen kueue = seen();
        applyNamespace(Map.of());
        Manifest misspelt = Manifest.of("kueue.x-k8s.io/" + kueue.version(), "LocalQueue", namespace, "q", marks, Map.of("spec", Map.of("klusterQueue", "q")));
        assertThatThrownBy(() -> cluster.apply(misspelt)).isInstanceOfSatisfying(ClusterFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure.sentence()).contains("unknown field \"spec.klusterQueue\"");
        });
    }

    private KueueSeen seen() {
        KueueSeen kueue = cluster.kueue(clusterQueue());
        assumeThat(kueue.version()).as("Kueue").isNotNull();
        assumeThat(clusterQueue()).as("a ClusterQueue to try").isNotEmpty();
        assertThat(kueue.missing()).isNull();
        return kueue;
    }

    private boolean applyQueue(KueueSeen kueue, String name) {
        return cluster.apply(Manifest.of("kueue.x-k8s.io/" + kueue.version(), "LocalQueue", namespace, name, marks, Map.of("spec", Map.of("clusterQueue", name))));
    }

    private Manifest queued(SliceId slice, String queue, String cpu) {
        Map<String, Object> amounts = Map.of("cpu", cpu, "memory", "16Mi");
        Map<String, Object> spec = new HashMap<>(podSpec(Map.of("resources", Map.of("requests", amounts, "limits", amounts))));
        spec.put("schedulingGates", List.of(Map.of("name", "kueue.x-k8s.io/admission")));
        return new Manifest(
                "v1", "Pod", namespace, "slice-" + slice + "-1", slice(slice, 1, 1), Map.of("kueue.x-k8s.io/queue-name", queue), Map.of("spec", spec));
    }
}
