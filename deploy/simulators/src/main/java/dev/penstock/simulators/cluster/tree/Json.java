package dev.penstock.simulators.cluster.tree;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Short ways to read and build JSON trees. A missing value reads as an empty one, never as {@code null}. */
public final class Json {

    /** The one mapper; it has no settings that matter, trees are all we read and write. */
    public static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {
    }

    /** An empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An empty array. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** What stands at the path, or a missing node. */
    public static JsonNode at(JsonNode from, String... path) {
        JsonNode node = from;
        for (String name : path) {
            node = node.path(name);
        }
        return node;
    }

    /** The text at the path; empty when there is none. Numbers and booleans read as their JSON text. */
    public static String text(JsonNode from, String... path) {
        JsonNode node = at(from, path);
        return node.isValueNode() && !node.isNull() ? node.asString("") : "";
    }

    /** The object at the path, created with its parents where it is missing or not an object. */
    public static ObjectNode within(ObjectNode from, String... path) {
        ObjectNode node = from;
        for (String name : path) {
            node = node.path(name) instanceof ObjectNode child ? child : node.putObject(name);
        }
        return node;
    }

    /** The array of that name, created where it is missing or not an array. */
    public static ArrayNode list(ObjectNode from, String name) {
        return from.path(name) instanceof ArrayNode array ? array : from.putArray(name);
    }

    /** The objects in the array at the path, in order; anything else in it is left out. */
    public static List<ObjectNode> objects(JsonNode from, String... path) {
        return StreamSupport.stream(at(from, path).spliterator(), false)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .toList();
    }

    /** The texts in the array at the path. */
    public static List<String> texts(JsonNode from, String... path) {
        return StreamSupport.stream(at(from, path).spliterator(), false).map(node -> node.asString("")).toList();
    }

    /** A map of texts at the path, such as labels. */
    public static Map<String, String> map(JsonNode from, String... path) {
        Map<String, String> result = new LinkedHashMap<>();
        at(from, path).properties().forEach(entry -> result.put(entry.getKey(), entry.getValue().asString("")));
        return result;
    }

    /** The object in the array whose {@code key} has that text, or null. */
    public static @Nullable ObjectNode find(JsonNode array, String key, String value) {
        for (JsonNode item : array) {
            if (item instanceof ObjectNode object && text(object, key).equals(value)) {
                return object;
            }
        }
        return null;
    }

    /** Equal as JSON: the order of properties does not count and 1 equals 1.0, however it was parsed. */
    public static boolean same(JsonNode one, JsonNode other) {
        return one.equals(Json::compare, other);
    }

    private static int compare(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }
}
