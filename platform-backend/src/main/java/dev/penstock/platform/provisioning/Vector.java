package dev.penstock.platform.provisioning;

import dev.penstock.platform.catalog.CardShare;
import dev.penstock.platform.catalog.DeviceChoice;
import dev.penstock.platform.cluster.Manifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What manifests ask for. Pure. */
final class Vector {

    private Vector() {}

    /**
     * The GPU resources and devices that manifests ask for: compared with what was approved before any of them is applied. A pod's count, or a deployment's with its
     * one pod, over all containers; and claims' count, also one that no pod of these uses: the cluster gives out what is claimed.
     */
    static Map<String, Integer> of(List<Manifest> manifests) {
        Map<String, Integer> vector = new HashMap<>();
        for (Manifest manifest : manifests) {
            (manifest.kind().equals(DeviceClaim.KIND) ? ofClaim(manifest) : of(manifest)).forEach((resource, count) -> vector.merge(resource, count, Integer::sum));
        }
        return vector;
    }

    static Map<String, Integer> of(Manifest manifest) {
        Map<String, Integer> vector = new HashMap<>();
        Map<?, ?> outer = (Map<?, ?>) manifest.rest().getOrDefault("spec", Map.of());
        Map<?, ?> template = (Map<?, ?>) field(outer, "template", Map.of());
        Map<?, ?> spec = (Map<?, ?>) field(template, "spec", outer);
        for (Object container : (List<?>) field(spec, "containers", List.of())) {
            Map<?, ?> resources = (Map<?, ?>) field((Map<?, ?>) container, "resources", Map.of());
            Map<?, ?> limits = (Map<?, ?>) field(resources, "limits", Map.of());
            Map<String, Integer> asked = new HashMap<>();
            limits.forEach((name, amount) -> {
                if (String.valueOf(name).contains("/")) {
                    asked.put(String.valueOf(name), Integer.parseInt(String.valueOf(amount)));
                }
            });
            CardShare.read(asked).forEach((resource, amount) -> vector.merge(resource, amount, Integer::sum));
        }
        return vector;
    }

    /** Devices of a class for which all that is asked of them holds; with nothing asked, of the whole class. */
    private static Map<String, Integer> ofClaim(Manifest claim) {
        Map<String, Integer> vector = new HashMap<>();
        Map<?, ?> spec = (Map<?, ?>) claim.rest().getOrDefault("spec", Map.of());
        Map<?, ?> devices = (Map<?, ?>) field(spec, "devices", Map.of());
        for (Object request : (List<?>) field(devices, "requests", List.of())) {
            Map<?, ?> exactly = (Map<?, ?>) field((Map<?, ?>) request, "exactly", Map.of());
            String expression = String.join(" && ", ((List<?>) field(exactly, "selectors", List.of())).stream()
                    .map(selector -> String.valueOf(field((Map<?, ?>) field((Map<?, ?>) selector, "cel", Map.of()), "expression", ""))).toList());
            int count = Integer.parseInt(String.valueOf(field(exactly, "count", 1)));
            vector.merge(DeviceChoice.resource(String.valueOf(field(exactly, "deviceClassName", "")), expression), count, Integer::sum);
        }
        return vector;
    }

    private static Object field(Map<?, ?> map, String name, Object otherwise) {
        Object value = map.get(name);
        return value == null ? otherwise : value;
    }
}
