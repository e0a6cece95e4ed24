package dev.penstock.simulators.cluster.api;

import dev.penstock.simulators.cluster.store.Kind;
import dev.penstock.simulators.cluster.store.Kinds;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of what is not built into the API server or is looked at more closely: claims of devices at every depth, and local queues. */
final class SpecFields {

    /** By where they are; lists leave no trace in that. */
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "spec", Set.of("devices"),
            "spec.devices", Set.of("requests", "constraints", "config"),
            "spec.devices.requests", Set.of("name", "exactly", "firstAvailable"),
            "spec.devices.requests.exactly", Set.of("deviceClassName", "selectors", "allocationMode", "count", "adminAccess", "tolerations", "capacity"),
            "spec.devices.requests.exactly.selectors", Set.of("cel"),
            "spec.devices.requests.exactly.selectors.cel", Set.of("expression"),
            "spec.devices.constraints", Set.of("requests", "matchAttribute", "distinctAttribute"));

    private static final Set<String> OF_A_LOCAL_QUEUE = Set.of("clusterQueue", "stopPolicy", "fairSharing", "wallTimePolicy");

    private SpecFields() {
    }

    /** @param unknown what was found is added */
    static void dropUnknown(ObjectNode object, Kind kind, List<String> unknown) {
        if (kind.equals(Kinds.RESOURCE_CLAIM)) {
            drop(object.path("spec"), "spec", "spec", unknown);
        }
        if (kind.equals(Kinds.LOCAL_QUEUE) && object.path("spec") instanceof ObjectNode spec) {
            dropAllBut(OF_A_LOCAL_QUEUE, spec, "spec", unknown);
        }
    }

    private static void dropAllBut(Set<String> known, ObjectNode fields, String path, List<String> unknown) {
        List.copyOf(fields.propertyNames()).stream().filter(field -> !known.contains(field)).forEach(field -> {
            unknown.add("unknown field \"" + path + "." + field + "\"");
            fields.remove(field);
        });
    }

    private static void drop(JsonNode node, String where, String path, List<String> unknown) {
        if (node instanceof ArrayNode items) {
            for (int index = 0; index < items.size(); index++) {
                drop(items.get(index), where, path + "[" + index + "]", unknown);
            }
        }
        Set<String> known = KNOWN.get(where);
        if (node instanceof ObjectNode fields && known != null) {
            dropAllBut(known, fields, path, unknown);
            fields.propertyNames().forEach(field -> drop(fields.path(field), where + "." + field, path + "." + field, unknown));
        }
    }
}
