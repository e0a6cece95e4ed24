package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SliceProfileView.Kind;
import dev.penstock.platform.catalog.DeviceChoice;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.cluster.DeviceSeen;
import dev.penstock.platform.cluster.Marks;
import dev.penstock.platform.fleet.ClaimableDevice;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What profiles find among the devices of nodes. */
class NodeDevicesTest {

    private static final SliceProfile CARD = profile("card", null, 1);
    private static final SliceProfile PAIR = profile("pair", null, 2);
    private static final SliceProfile SEVENTH = profile("seventh", "1g.10gb", 1);
    private static final Map<String, String> A_CARD = Map.of("type", "gpu", "productName", "NVIDIA H100");
    private static final Map<String, String> A_SEVENTH = Map.of("type", "mig", "productName", "NVIDIA H100", "profile", "1g.10gb");
    private static final SliceId SLICE = new SliceId(new UUID(0, 9));

    @Test
    void devicesAreCountedNodeByNodeAndOncePerDevice() {
        NodeDevices found = NodeDevices.of(
                List.of(device("a", "0", A_CARD), device("a", "1", A_CARD), device("a", "2", A_SEVENTH), device("b", "0", A_CARD)), List.of(CARD, PAIR, SEVENTH), "penstock");
        assertThat(found.and("a", Map.of("rdma/nic", 1))).isEqualTo(Map.of(CARD.resource(), 2, SEVENTH.resource(), 1, "rdma/nic", 1));
        assertThat(found.and("b", Map.of())).isEqualTo(Map.of(CARD.resource(), 1));
        assertThat(found.and("c", Map.of())).isEmpty();
        assertThat(found.andUse("a", Map.of())).isEmpty();
    }

    @Test
    void whatAnothersClaimHasIsNotThereAndWhatOursHasIs() {
        NodeDevices found = NodeDevices.of(
                List.of(
                        claimed("0", A_CARD, marks("penstock")), claimed("1", A_CARD, marks("another")), claimed("2", A_CARD, null), device("a", "3", A_CARD)),
                List.of(CARD), "penstock");
        assertThat(found.and("a", Map.of())).isEqualTo(Map.of(CARD.resource(), 2));
        assertThat(found.andUse("a", Map.of())).isEqualTo(Map.of(CARD.resource(), 1));
        assertThat(found.on("a")).containsExactly(
                new ClaimableDevice("0", "GPU", true, SLICE.toString()), new ClaimableDevice("1", "GPU", true, null), new ClaimableDevice("2", "GPU", true, null),
                new ClaimableDevice("3", "GPU", false, null));
    }

    @Test
    void otherProductsOtherDriversAndDevicesThatMayVanishAreNotCounted() {
        NodeDevices found = NodeDevices.of(
                List.of(
                        device("a", "0", Map.of("type", "gpu", "productName", "NVIDIA H200")),
                        device("a", "1", Map.of("type", "mig", "productName", "NVIDIA H100", "profile", "3g.40gb")),
                        device("a", "2", Map.of("type", "vfio", "productName", "NVIDIA H100")),
                        new DeviceSeen("a", "nic.example", "a", "3", A_CARD, true, false, null),
                        new DeviceSeen("a", "gpu.nvidia.com", "a", "4", A_CARD, false, false, null)),
                List.of(CARD, SEVENTH), "penstock");
        assertThat(found.and("a", Map.of())).isEmpty();
        assertThat(found.on("a")).extracting(ClaimableDevice::name).as("shown: those of a driver that profiles know, which stand by themselves").containsExactly("0", "1", "2");
    }

    private static DeviceSeen device(String node, String name, Map<String, String> attributes) {
        return new DeviceSeen(node, "gpu.nvidia.com", node, name, attributes, true, false, null);
    }

    private static DeviceSeen claimed(String name, Map<String, String> attributes, @Nullable Marks by) {
        return new DeviceSeen("a", "gpu.nvidia.com", "a", name, attributes, true, true, by);
    }

    private static Marks marks(String installation) {
        return new Marks(installation, new TenantId(new UUID(0, 1)), new ProjectId(new UUID(0, 2)), new UUID(0, 3), SLICE, 1, 1);
    }

    private static SliceProfile profile(String id, @Nullable String partition, int amount) {
        DeviceChoice devices = new DeviceChoice("class.example", "gpu.nvidia.com", "NVIDIA H100", partition);
        return new SliceProfile(id, id, "H100", "NVIDIA-H100", Kind.DRA, devices.resource(), amount, 1, 120, 1, 1, 9856, "", List.of(0), 1, devices);
    }
}
