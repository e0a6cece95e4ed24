package dev.penstock.simulators.cluster.admission;

import dev.penstock.simulators.cluster.store.Admission;
import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.Write;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.cluster.tree.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rewrites quantities into their canonical text, as the API server does by decoding and encoding them: {@code 1000m} comes
 * back as {@code 1}. A reconciler that compares texts would otherwise pass here and loop on a cluster.
 */
final class Quantities implements Admission {

    private static final Set<String> MAPS =
            Set.of("limits", "requests", "hard", "used", "capacity", "allocatable", "default", "defaultRequest", "max", "min");

    @Override
    public void admit(Write write) {
        if (Set.of("Pod", "Deployment", "ReplicaSet", "ResourceQuota", "LimitRange", "PersistentVolumeClaim", "Node")
                .contains(write.kind().kind())) {
            rewrite(write.after().path("spec"), write);
            rewrite(write.after().path("status"), write);
        }
    }

    private static void rewrite(JsonNode node, Write write) {
        if (node.isArray()) {
            node.forEach(item -> rewrite(item, write));
        } else if (node instanceof ObjectNode object) {
            for (String name : new ArrayList<>(object.propertyNames())) {
                if (MAPS.contains(name) && object.path(name) instanceof ObjectNode amounts) {
                    canonical(amounts, write);
                } else if (name.equals("sizeLimit")) {
                    canonical(object, name, write);
                } else {
                    rewrite(object.path(name), write);
                }
            }
        }
    }

    private static void canonical(ObjectNode amounts, Write write) {
        for (String name : List.copyOf(amounts.propertyNames())) {
            if (amounts.path(name).isValueNode()) {
                canonical(amounts, name, write);
            }
        }
    }

    private static void canonical(ObjectNode object, String name, Write write) {
        try {
            object.put(name, Quantity.parse(Json.text(object, name)).toString());
        } catch (IllegalArgumentException malformed) {
            throw ApiFailure.badRequest(write.kind().kind() + " in version \"" + write.kind().version()
                    + "\" cannot be handled as a " + write.kind().kind() + ": " + malformed.getMessage());
        }
    }
}
