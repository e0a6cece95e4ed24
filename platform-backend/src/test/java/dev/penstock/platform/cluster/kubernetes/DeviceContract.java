package dev.penstock.platform.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.SliceId;
import dev.penstock.platform.cluster.Cluster.Deletion;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.ClusterFailure.Kind;
import dev.penstock.platform.cluster.DeviceSeen;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.ObjectSeen;
import dev.penstock.platform.cluster.PodSeen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What we rely on a cluster to do with claims of devices. Skipped on one where no driver lists a GPU that is free. */
abstract class DeviceContract extends ServingContract {

    private static final String CLASS = "gpu.nvidia.com";
    private static final String QUOTA = CLASS + ".deviceclass.resource.k8s.io/devices";

    @Test
    void whatDriversListIsToldWithWhatItIs() {
        DeviceSeen device = free();
        assertThat(device.node()).isNotBlank();
        assertThat(device.attributes()).containsEntry("type", "gpu").containsKey("productName");
    }

    @Test
    void aClaimIsGivenItsDeviceWithItsPodAndGivesItBackWithIt() {
        DeviceSeen device = free();
        applyNamespace(restricted());
        SliceId slice = new SliceId(UUID.randomUUID());
        cluster.apply(claim(slice, 1, device, 1));
        assertThat(mine(slice)).as("nothing is given out before there is a pod").isEmpty();
        cluster.apply(claiming(slice));
        PodSeen pod = await().atMost(PATIENCE).until(() -> only(slice), seen -> seen.node() != null);
        assertThat(pod.node()).isEqualTo(device.node());
        await().atMost(PATIENCE).until(() -> mine(slice), devices -> devices.size() == 1);

        ObjectSeen claim = only(slice, "ResourceClaim");
        cluster.delete(claim);
        assertThat(only(slice, "ResourceClaim").terminating()).as("as long as its pod uses it").isTrue();
        refused(Kind.TERMINATING, () -> cluster.apply(claim(slice, 2, device, 1)));
        cluster.delete(only(slice), Deletion.GRACEFUL);
        await().atMost(PATIENCE).until(() -> cluster.objectsOfSlice(namespace, slice.toString()).isEmpty());
        assertThat(mine(slice)).isEmpty();
        cluster.delete(claim);
    }

    @Test
    void aClaimThatNothingFitsKeepsItsPodWaiting() {
        DeviceSeen device = free();
        applyNamespace(Map.of());
        SliceId slice = new SliceId(UUID.randomUUID());
        cluster.apply(claiming(slice));
        await().atMost(PATIENCE).until(() -> only(slice).unschedulable() != null && String.valueOf(only(slice).unschedulable().message()).contains("not found"));
        cluster.apply(claim(slice, 1, device, 64));
        PodSeen waits = await().atMost(PATIENCE).until(() -> only(slice), pod -> String.valueOf(Objects.requireNonNull(pod.unschedulable()).message()).contains("cannot allocate all claims"));
        assertThat(mine(slice)).isEmpty();
        cluster.delete(waits, Deletion.IF_UNCHANGED);
        cluster.delete(only(slice, "ResourceClaim"));
        await("a claim that was given nothing goes").atMost(PATIENCE).until(() -> cluster.objectsOfSlice(namespace, slice.toString()).isEmpty());
    }

    @Test
    void theNamespacesQuotaCountsDevicesOfAClass() {
        DeviceSeen device = free();
        applyNamespace(Map.of());
        cluster.apply(Manifest.of("v1", "ResourceQuota", namespace, "slices", marks, Map.of("spec", Map.of("hard", Map.of(QUOTA, "2")))));
        cluster.apply(claim(new SliceId(UUID.randomUUID()), 1, device, 2));
        assertThatThrownBy(() -> cluster.apply(claim(new SliceId(UUID.randomUUID()), 1, device, 1))).isInstanceOfSatisfying(ClusterFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.OVER_QUOTA);
            assertThat(failure.sentence()).contains("requested: " + QUOTA + "=1", "used: " + QUOTA + "=2", "limited: " + QUOTA + "=2");
        });
    }

    @Test
    void aClaimIsTakenAtItsWordAndNotChanged() {
        DeviceSeen device = free();
        applyNamespace(Map.of());
        SliceId slice = new SliceId(UUID.randomUUID());
        assertThat(cluster.apply(claim(slice, 1, device, 1))).isTrue();
        assertThat(cluster.apply(claim(slice, 1, device, 1))).as("it is as it should be").isFalse();
        assertThat(cluster.apply(claim(slice, 2, device, 1))).as("another fence").isTrue();
        refused(Kind.FENCED, () -> cluster.apply(claim(slice, 1, device, 1)));
        assertThatThrownBy(() -> cluster.apply(claim(slice, 3, device, 2))).isInstanceOfSatisfying(ClusterFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure.sentence()).contains("immutable");
        });
        SliceId another = new SliceId(UUID.randomUUID());
        assertThatThrownBy(() -> cluster.apply(claim(another, 1, Map.of("deviceClassName", CLASS, "selectors", List.of(Map.of("cel", Map.of("expression", "device.driver ==")))))))
                .isInstanceOfSatisfying(ClusterFailure.class, failure -> assertThat(failure.sentence()).contains("compilation failed"));
        assertThatThrownBy(() -> cluster.apply(claim(another, 1, Map.of("deviceClassName", CLASS, "selektors", List.of())))).isInstanceOfSatisfying(ClusterFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure.sentence()).contains("unknown field \"spec.devices.requests[0].exactly.selektors\"");
        });
        assertThat(cluster.objectsOfSlice(namespace, another.toString())).isEmpty();
    }

    private DeviceSeen free() {
        List<DeviceSeen> devices = cluster.devices().devices().stream()
                .filter(device -> device.driver().equals("gpu.nvidia.com") && device.alone() && !device.claimed() && "gpu".equals(device.attributes().get("type"))).toList();
        assumeThat(devices).as("GPUs that can be claimed").isNotEmpty();
        return devices.getFirst();
    }

    private List<DeviceSeen> mine(SliceId slice) {
        return cluster.devices().devices().stream().filter(device -> device.claimant() != null && slice.equals(device.claimant().slice())).toList();
    }

    private ObjectSeen only(SliceId slice, String kind) {
        List<ObjectSeen> objects = cluster.objectsOfSlice(namespace, slice.toString());
        assertThat(objects).extracting(ObjectSeen::kind).containsExactly(kind);
        return objects.getFirst();
    }

    private Manifest claim(SliceId slice, long fence, DeviceSeen device, int count) {
        String expression = "device.driver == '" + device.driver() + "' && device.attributes['" + device.driver() + "'].uuid == '" + device.attributes().get("uuid") + "'";
        return claim(slice, fence, Map.of("deviceClassName", CLASS, "selectors", List.of(Map.of("cel", Map.of("expression", expression))), "count", count));
    }

    private Manifest claim(SliceId slice, long fence, Map<String, Object> exactly) {
        return Manifest.of("resource.k8s.io/v1", "ResourceClaim", namespace, "slice-" + slice + "-1", slice(slice, 1, fence), Map.of(
                "spec", Map.of("devices", Map.of("requests", List.of(Map.of("name", "gpus", "exactly", exactly))))));
    }

    private Manifest claiming(SliceId slice) {
        Map<String, Object> spec = new HashMap<>(podSpec(Map.of("resources", Map.of("claims", List.of(Map.of("name", "devices"))))));
        spec.put("resourceClaims", List.of(Map.of("name", "devices", "resourceClaimName", "slice-" + slice + "-1")));
        return Manifest.of("v1", "Pod", namespace, "slice-" + slice + "-1", slice(slice, 1, 1), Map.of("spec", spec));
    }
}
