package dev.penstock.platform.provisioning;

import dev.penstock.platform.cluster.Manifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a manifest asks for. Pure. */
final class Vector {

    private Vector() {}

    /**
     * The GPU resources that a pod's manifest, or a deployment's with its one pod, asks for, over all containers: compared with what was
     * approved before it is applied.
     */
    static Map<String, Integer> of(Manifest manifest) {
        Map<String, Integer> vector = new HashMap<>();
        Map<?, ?> outer = (Map<?, ?>) manifest.rest().getOrDefault("spec", Map.of());
        Map<?, ?> template = (Map<?, ?>) field(outer, "template", Map.of());
        Map<?, ?> spec = (Map<?, ?>) field(template, "spec", outer);
        for (Object container : (List<?>) field(spec, "containers", List.of())) {
            Map<?, ?> resources = (Map<?, ?>) field((Map<?, ?>) container, "resources", Map.of());
            Map<?, ?> limits = (Map<?, ?>) field(resources, "limits", Map.of());
            limits.forEach((name, amount) -> {
                if (String.valueOf(name).contains("/")) {
                    vector.merge(String.valueOf(name), Integer.parseInt(String.valueOf(amount)), Integer::sum);
                }
            });
        }
        return vector;
    }

    private static Object field(Map<?, ?> map, String name, Object otherwise) {
        Object value = map.get(name);
        return value == null ? otherwise : value;
    }
}
