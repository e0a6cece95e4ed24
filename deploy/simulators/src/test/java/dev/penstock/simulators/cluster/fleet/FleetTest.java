package dev.penstock.simulators.cluster.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.simulators.cluster.tree.Json;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class FleetTest {

    @Test
    void theStandardFleetOffersTheseDevices() {
        assertThat(Fleet.standard().nodes()).extracting(FleetNode::devices).containsExactly(
                Map.of("nvidia.com/gpu", 4),
                Map.of("nvidia.com/gpu", 0, "nvidia.com/mig-1g.10gb", 14, "nvidia.com/mig-2g.20gb", 2,
                        "nvidia.com/mig-3g.40gb", 3),
                Map.of("nvidia.com/gpu", 0, "nvidia.com/mig-1g.18gb", 7, "nvidia.com/mig-3g.71gb", 2));
    }

    @Test
    void theFleetThatPeopleSeeAlsoSharesGpusAndListsSomeToBeClaimed() {
        assertThat(Fleet.ofEveryKind().nodes()).hasSize(7).startsWith(Fleet.standard().nodes().toArray(FleetNode[]::new));
        assertThat(Fleet.ofEveryKind().nodes().subList(3, 6)).extracting(FleetNode::devices).containsExactly(
                Map.of("nvidia.com/gpu.shared", 8), Map.of("nvidia.com/gpu.shared", 8), Map.of("nvidia.com/gpu", 2 * HamiCards.PLACES));
        FleetNode claimed = Fleet.ofEveryKind().nodes().getLast();
        assertThat(claimed.devices()).isEmpty();
        assertThat(Json.objects(DeviceObjects.sliceOf(claimed), "spec", "devices"))
                .extracting(device -> Json.text(device, "name"), device -> Json.text(device, "attributes", "type", "string"), device -> Json.text(device, "attributes", "profile", "string"))
                .containsExactly(tuple("gpu-0", "gpu", ""), tuple("gpu-1-mig-0", "mig", "1g.10gb"), tuple("gpu-1-mig-1", "mig", "1g.10gb"), tuple("gpu-1-mig-2", "mig", "2g.20gb"),
                        tuple("gpu-1-mig-3", "mig", "3g.40gb"));
        assertThat(Fleet.standard().hasClaims()).isFalse();
    }

    @Test
    void aNodeIsLabelledAsFeatureDiscoveryWould() {
        ObjectNode node = NodeObject.of(Fleet.standard().nodes().get(2), 2, "2026-03-01T12:00:00Z");

        assertThat(Json.map(node, "metadata", "labels")).containsAllEntriesOf(Map.of(
                "nvidia.com/gpu.product", "NVIDIA-H200", "nvidia.com/gpu.count", "2", "nvidia.com/gpu.memory", "143771",
                "nvidia.com/mig.capable", "true", "nvidia.com/mig.strategy", "mixed", "nvidia.com/mig.config.state", "success",
                "nvidia.com/mig-3g.71gb.count", "2", "nvidia.com/mig-3g.71gb.product", "NVIDIA-H200-MIG-3g.71gb",
                "penstock.dev/simulated", "true", "kubernetes.io/hostname", "gpu-03"));
        assertThat(Json.text(node, "status", "allocatable", "nvidia.com/mig-1g.18gb")).isEqualTo("7");
    }

    @Test
    void aCardThatIsCutIntoMoreThanItHasIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> card(Collections.nCopies(8, "1g.10gb")))
                .withMessageContaining("does not fit one NVIDIA-H100-80GB-HBM3");
        assertThatIllegalArgumentException().isThrownBy(() -> card(List.of("3g.40gb", "3g.40gb", "1g.10gb")));
        assertThatIllegalArgumentException().isThrownBy(() -> card(List.of("huge")))
                .withMessageContaining("is not a MIG profile");
        card(List.of("4g.40gb", "3g.40gb"));
        card(List.of("2g.20gb", "2g.20gb", "2g.20gb", "1g.10gb"));
        card(List.of("7g.80gb"));
    }

    private static void card(List<String> profiles) {
        FleetNode node = new FleetNode("n", GpuModel.H100_80GB, 8, 64, 110, List.of(profiles));
        assertThat(node.isMig()).isTrue();
    }

    @Test
    void aNodeThatSharesItsGpusOffersAndSaysItsReplicas() {
        FleetNode node = Fleet.read(Json.MAPPER.readTree("""
                {"nodes": [{"name": "shared-1", "gpu": {"product": "NVIDIA-H200", "family": "hopper", "memoryMiB": 143771, "sliceGb": 18},
                  "sharing": {"strategy": "mps", "replicas": 4}, "cards": [[], []]}]}""")).nodes().getFirst();

        assertThat(node.devices()).isEqualTo(Map.of("nvidia.com/gpu.shared", 8));
        assertThat(Json.map(NodeObject.of(node, 0, "2026-03-01T12:00:00Z"), "metadata", "labels")).containsAllEntriesOf(Map.of(
                "nvidia.com/gpu.sharing-strategy", "mps", "nvidia.com/gpu.replicas", "4", "nvidia.com/gpu.count", "2"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Sharing("mps", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Sharing("by-turns", 2));
        assertThatIllegalArgumentException().isThrownBy(() ->
                new FleetNode("n", GpuModel.H100_80GB, 8, 64, 110, new Sharing("mps", 2), List.of(List.of("1g.10gb"))));
    }

    @Test
    void aFleetIsReadFromJson() {
        Fleet fleet = Fleet.read(Json.MAPPER.readTree("""
                {"nodes": [{"name": "edge-1", "gpu": {"product": "NVIDIA-A30", "family": "ampere", "memoryMiB": 24576,
                  "sliceGb": 3}, "cpus": 16, "memoryGi": 128, "cards": [[], ["1g.6gb", "1g.6gb"]]}]}"""));

        assertThat(fleet.nodes()).singleElement().satisfies(node -> {
            assertThat(node.devices()).isEqualTo(Map.of("nvidia.com/gpu", 1, "nvidia.com/mig-1g.6gb", 2));
            assertThat(node.maxPods()).isEqualTo(110);
        });
        assertThatIllegalArgumentException().isThrownBy(() -> Fleet.read(Json.MAPPER.readTree("""
                {"nodes": [{"name": "NOT A NAME", "gpu": {"product": "p", "family": "f", "memoryMiB": 1, "sliceGb": 1}}]}""")));
    }
}
