package dev.penstock.simulators.cluster.admission;

import dev.penstock.simulators.cluster.store.Admission;
import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Write;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.cluster.tree.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Limit ranges of type {@code Container}: defaults for containers that state nothing, and bounds for those that do. */
final class LimitRanges implements Admission {

    @Override
    public void admit(Write write) {
        if (!write.kind().equals(Kinds.POD) || !write.creates()) {
            return;
        }
        for (ObjectNode range : write.store().list(Kinds.LIMIT_RANGE, write.namespace())) {
            for (ObjectNode limit : Json.objects(range, "spec", "limits")) {
                if (Json.text(limit, "type").equals("Container")) {
                    for (String list : List.of("initContainers", "containers")) {
                        Json.objects(write.after(), "spec", list).forEach(container -> apply(limit, container, write));
                    }
                }
            }
        }
    }

    private static void apply(ObjectNode limit, ObjectNode container, Write write) {
        ObjectNode resources = Json.within(container, "resources");
        // Each falls back on the next larger: a default on the maximum, a default request on the default.
        Map<String, String> defaults = Json.map(limit, "max");
        defaults.putAll(Json.map(limit, "default"));
        Map<String, String> requests = new LinkedHashMap<>(defaults);
        requests.putAll(Json.map(limit, "defaultRequest"));
        fill(resources, "limits", defaults);
        fill(resources, "requests", requests);
        Json.map(limit, "max").forEach((resource, max) -> {
            String stated = Json.text(resources, "limits", resource);
            if (!stated.isEmpty() && Quantity.parse(stated).compareTo(Quantity.parse(max)) > 0) {
                throw ApiFailure.forbidden(write.kind(), write.name(),
                        "maximum " + resource + " usage per Container is " + max + ", but limit is " + stated);
            }
        });
        Json.map(limit, "min").forEach((resource, min) -> {
            String stated = Json.text(resources, "requests", resource);
            if (!stated.isEmpty() && Quantity.parse(stated).compareTo(Quantity.parse(min)) < 0) {
                throw ApiFailure.forbidden(write.kind(), write.name(),
                        "minimum " + resource + " usage per Container is " + min + ", but request is " + stated);
            }
        });
    }

    private static void fill(ObjectNode resources, String which, Map<String, String> amounts) {
        amounts.forEach((resource, amount) -> {
            if (Json.text(resources, which, resource).isEmpty()) {
                Json.within(resources, which).put(resource, amount);
            }
        });
    }
}
