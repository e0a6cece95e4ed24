package dev.penstock.platform.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.FeatureView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is noticed of the nodes, and what is said to be missing. */
class FeaturesTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String NO_PARTITIONS =
            "No node offers partitions by name: it needs GPUs that can be cut, the MIG manager, and the device plugin's MIG strategy mixed.";

    @Test
    void whatNodesInServiceOfferIsThere() {
        assertThat(Features.of(List.of(
                        node("a", true, "none", 1, Map.of("nvidia.com/gpu", 4, "nvidia.com/mig-1g.10gb", 7)),
                        node("b", true, "time-slicing", 4, Map.of("nvidia.com/gpu.shared", 16)),
                        node("c", true, "time-slicing", 2, Map.of("nvidia.com/gpu.shared", 8)),
                        node("d", true, "mps", 8, Map.of("nvidia.com/gpu.shared", 8))), "The cluster has no such API."))
                .containsExactly(
                        new FeatureView("Whole GPUs", true, "On 1 of 4 nodes in service."),
                        new FeatureView("MIG partitions", true, "On 1 of 4 nodes in service."),
                        new FeatureView("Time-slicing", true, "On 2 of 4 nodes in service, 2 or 4 slices a GPU."),
                        new FeatureView("MPS", true, "On 1 of 4 nodes in service, 8 slices a GPU."),
                        new FeatureView("Device claims (DRA)", false, "The cluster has no such API."));
    }

    @Test
    void devicesAreClaimedWhereADriverListsThemAndNoPluginCountsThem() {
        assertThat(claims(node("a", true, "none", 1, Map.of()), listing("b", Map.of())))
                .isEqualTo(new FeatureView("Device claims (DRA)", true, "On 1 of 2 nodes in service."));
        assertThat(claims(node("a", true, "none", 1, Map.of())))
                .isEqualTo(new FeatureView("Device claims (DRA)", false, "No ResourceSlice lists a GPU that can be given out by itself: it needs NVIDIA's DRA driver."));
        assertThat(claims(listing("a", Map.of()), listing("b", Map.of("nvidia.com/gpu", 2)))).isEqualTo(new FeatureView(
                "Device claims (DRA)", false,
                "On 1 of 2 nodes a driver lists GPUs that a device plugin counts as well. Nothing on those is given out: one of the two has to go."));
    }

    private static FeatureView claims(GpuNode... nodes) {
        return Features.of(List.of(nodes), null).getLast();
    }

    private static GpuNode listing(String name, Map<String, Integer> counted) {
        return new GpuNode(
                name, "H100", true, NOON, true, true, 1, "none", 1, counted, Map.of(), NOON, List.of(new ClaimableDevice("gpu-0", "GPU", false, null)));
    }

    /** Out of service, under a name of whole GPUs, in somebody else's hands: none of it can be given out. */
    @Test
    void whatCannotBeGivenOutIsMissingAndItIsSaidWhy() {
        assertThat(Features.of(List.of(
                        node("a", false, "mps", 4, Map.of("nvidia.com/gpu.shared", 4)),
                        node("b", true, "time-slicing", 4, Map.of("nvidia.com/gpu", 16)),
                        node("c", true, "hami", 1, Map.of("nvidia.com/gpu", 40))), null))
                .containsExactly(
                        new FeatureView("Whole GPUs", false, "No node offers nvidia.com/gpu: it needs NVIDIA's device plugin, and GPUs that are neither cut nor shared."),
                        new FeatureView("MIG partitions", false, NO_PARTITIONS),
                        new FeatureView("Time-slicing", false, "A node shares its GPUs under their usual name, so nothing on it is given out: it needs renameByDefault in the device plugin's configuration."),
                        new FeatureView("MPS", false, "No node is labelled nvidia.com/gpu.sharing-strategy=mps: it needs sharing.mps in the device plugin's configuration."),
                        new FeatureView("Device claims (DRA)", false, "No ResourceSlice lists a GPU that can be given out by itself: it needs NVIDIA's DRA driver."),
                        new FeatureView("HAMi", false, "It hands out the GPUs of 1 of 2 nodes. Nothing on those is given out: it needs the label penstock.dev/hami-shares with 2, 4 or 8, and healthy cards in mode hami-core that hold a share beside what others have of them."));
    }

    @Test
    void sharesByHamiAreThereWhereCardsHoldThem() {
        assertThat(Features.of(List.of(node("a", true, "hami", 4, Map.of("nvidia.com/gpu(gpumem=20389,gpucores=25)", 8)), node("b", true, "hami", 1, Map.of())), null))
                .contains(new FeatureView("HAMi", true, "On 1 of 2 nodes in service, 4 slices a GPU."));
    }

    private static GpuNode node(String name, boolean ready, String sharing, int replicas, Map<String, Integer> offers) {
        return new GpuNode(name, "H100", ready, NOON, true, true, 4, sharing, replicas, offers, Map.of(), NOON);
    }
}
