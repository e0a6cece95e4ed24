package dev.penstock.simulators.cluster.device;

import dev.penstock.simulators.cluster.tree.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A device that a driver lists on a node.
 *
 * @param listed as the driver wrote it
 */
record Device(String driver, String pool, String node, String name, ObjectNode listed) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Device device && driver.equals(device.driver) && pool.equals(device.pool) && name.equals(device.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(driver, pool, name);
    }

    static List<Device> of(ObjectNode slice) {
        return Json.objects(slice, "spec", "devices").stream()
                .map(device -> new Device(
                        Json.text(slice, "spec", "driver"), Json.text(slice, "spec", "pool", "name"), Json.text(slice, "spec", "nodeName"), Json.text(device, "name"), device))
                .toList();
    }

    /** As expressions see it: attributes by the domain they are of, which is the driver's where none is named. */
    Map<String, Object> asVariable() {
        Map<String, Map<String, Object>> attributes = new HashMap<>();
        listed.path("attributes").properties().forEach(attribute -> {
            int slash = attribute.getKey().indexOf('/');
            String domain = slash < 0 ? driver : attribute.getKey().substring(0, slash);
            attributes.computeIfAbsent(domain, first -> new HashMap<>()).put(attribute.getKey().substring(slash + 1), value(attribute.getValue()));
        });
        return Map.of("driver", driver, "attributes", attributes);
    }

    private static Object value(JsonNode attribute) {
        if (attribute.has("bool")) {
            return attribute.path("bool").asBoolean(false);
        }
        if (attribute.has("int")) {
            return attribute.path("int").asLong(0);
        }
        return Json.text(attribute, attribute.has("version") ? "version" : "string");
    }
}
