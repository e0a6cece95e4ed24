package dev.penstock.simulators.cluster.api;

import dev.penstock.simulators.cluster.store.Kind;
import dev.penstock.simulators.cluster.store.Kinds;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a claim of devices, at every depth. */
final class ClaimFields {

    /** By where they are; lists leave no trace in that. */
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "spec", Set.of("devices"),
            "spec.devices", Set.of("requests", "constraints", "config"),
            "spec.devices.requests", Set.of("name", "exactly", "firstAvailable"),
            "spec.devices.requests.exactly", Set.of("deviceClassName", "selectors", "allocationMode", "count", "adminAccess", "tolerations", "capacity"),
            "spec.devices.requests.exactly.selectors", Set.of("cel"),
            "spec.devices.requests.exactly.selectors.cel", Set.of("expression"),
            "spec.devices.constraints", Set.of("requests", "matchAttribute", "distinctAttribute"));

    private ClaimFields() {
    }

    /** @param unknown what was found is added */
    static void dropUnknown(ObjectNode object, Kind kind, List<String> unknown) {
        if (kind.equals(Kinds.RESOURCE_CLAIM)) {
            drop(object.path("spec"), "spec", "spec", unknown);
        }
    }

    private static void drop(JsonNode node, String where, String path, List<String> unknown) {
        if (node instanceof ArrayNode items) {
            for (int index = 0; index < items.size(); index++) {
                drop(items.get(index), where, path + "[" + index + "]", unknown);
            }
        }
        Set<String> known = KNOWN.get(where);
        if (node instanceof ObjectNode fields && known != null) {
            for (String field : List.copyOf(fields.propertyNames())) {
                if (known.contains(field)) {
                    drop(fields.path(field), where + "." + field, path + "." + field, unknown);
                } else {
                    unknown.add("unknown field \"" + path + "." + field + "\"");
                    fields.remove(field);
                }
            }
        }
    }
}
