package dev.penstock.platform.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.DevicesSeen;
import dev.penstock.platform.cluster.KueueSeen;
import dev.penstock.simulators.cluster.SimCluster;
import dev.penstock.simulators.cluster.SimClusterSettings;
import dev.penstock.simulators.cluster.fleet.Fleet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by the simulated cluster. */
class SimClusterContractTest extends ClusterContract {

    @TempDir
    static Path folder;

    private static SimCluster simulated;

    @BeforeAll
    static void start() throws IOException {
        simulated = SimCluster.start(SimClusterSettings.quick("contract").withFleet(Fleet.ofEveryKind()));
        simulated.writeKubeconfig(folder.resolve("kubeconfig"));
        simulated.kueue().install(true);
        List<Object> quotas = List.of(Map.of("name", "cpu", "nominalQuota", "10"), Map.of("name", "memory", "nominalQuota", "10Gi"));
        Object group = Map.of("coveredResources", List.of("cpu", "memory"), "flavors", List.of(Map.of("name", "any", "resources", quotas)));
        try (KubernetesClient administrator = ClusterClient.open(settings("kubeconfig"))) {
            administrator.raw("/apis/kueue.x-k8s.io/v1beta2/clusterqueues", "POST", Map.of("metadata", Map.of("name", "contract"), "spec", Map.of("resourceGroups", List.of(group))));
        }
    }

    private static ClusterSettings settings(String kubeconfig) {
        return new ClusterSettings(
                folder.resolve(kubeconfig).toString(), Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMillis(100), new ClusterSettings.Mig("gpu-operator", "custom-mig-config"));
    }

    @Override
    String clusterQueue() {
        return "contract";
    }

    @AfterAll
    static void stop() {
        simulated.close();
    }

    @Override
    Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    /** It lists nothing, has nothing of the kind, and says why. */
    @Test
    void aClusterThatKnowsNoClaimsIsACluster() throws IOException {
        try (SimCluster without = SimCluster.start(SimClusterSettings.quick("contract"))) {
            without.writeKubeconfig(folder.resolve("without"));
            ClusterSettings settings = settings("without");
            try (KubernetesClient itsClient = ClusterClient.open(settings)) {
                Cluster its = new KubernetesCluster(itsClient, settings);
                assertThat(its.devices()).isEqualTo(new DevicesSeen(List.of(), "The cluster has no API resource.k8s.io/v1: it needs Kubernetes 1.34 or later."));
                assertThat(its.kueue("contract")).isEqualTo(
                        new KueueSeen(null, "The cluster has no API kueue.x-k8s.io in a version that Penstock knows: Kueue is not installed.", Map.of(), 0, null));
                assertThat(its.objectsOfSlice("contract-nowhere", "of-nobody")).isEmpty();
                assertThat(its.objectsOfSlices(installation)).isEmpty();
            }
        }
    }

    @Override
    void disturbWatches() {
        simulated.compactHistory();
        simulated.cutWatches();
    }
}
