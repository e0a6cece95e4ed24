package dev.penstock.platform.provisioning;

import dev.penstock.platform.catalog.DeviceChoice;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.cluster.Manifest;
import dev.penstock.platform.cluster.Marks;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The devices of one phase of a slice, for its pod alone. A claim and not a template for claims: what we apply is then what the cluster counts, refuses and gives
 * out, and it goes when we say so. Pure.
 */
final class DeviceClaim {

    static final String KIND = "ResourceClaim";
    /** What pod and containers call it. */
    static final String NAME = "devices";
    private static final String REQUEST = "gpus";

    private DeviceClaim() {}

    /** @param name of the pod, or of its deployment */
    static Optional<Manifest> desired(String namespace, String name, Marks marks, SliceProfile profile) {
        DeviceChoice devices = profile.devices();
        if (devices == null) {
            return Optional.empty();
        }
        Map<String, Object> exactly = Map.of(
                "deviceClassName", devices.deviceClass(),
                "selectors", List.of(Map.of("cel", Map.of("expression", devices.expression()))),
                "allocationMode", "ExactCount",
                "count", profile.amount());
        return Optional.of(Manifest.of("resource.k8s.io/v1", KIND, namespace, name, marks, Map.of(
                "spec", Map.of("devices", Map.of("requests", List.of(Map.of("name", REQUEST, "exactly", exactly)))))));
    }

    /** What its pod says. */
    static List<Object> ofPod(String name) {
        return List.of(Map.of("name", NAME, "resourceClaimName", name));
    }
}
