package dev.penstock.simulators.cluster.store;

import dev.penstock.simulators.cluster.tree.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what every object has. */
public final class Meta {

    private Meta() {
    }

    public static String name(JsonNode object) {
        return Json.text(object, "metadata", "name");
    }

    /** Empty for cluster-scoped objects. */
    public static String namespace(JsonNode object) {
        return Json.text(object, "metadata", "namespace");
    }

    public static String uid(JsonNode object) {
        return Json.text(object, "metadata", "uid");
    }

    public static Map<String, String> labels(JsonNode object) {
        return Json.map(object, "metadata", "labels");
    }

    /** Whether it is on its way out: deleted, but held by a finalizer or a grace period. */
    public static boolean isTerminating(JsonNode object) {
        return !Json.text(object, "metadata", "deletionTimestamp").isEmpty();
    }

    public static boolean hasFinalizers(JsonNode object) {
        return !Json.at(object, "metadata", "finalizers").isEmpty();
    }

    /** The metadata, to be changed. */
    public static ObjectNode of(ObjectNode object) {
        return Json.within(object, "metadata");
    }
}
