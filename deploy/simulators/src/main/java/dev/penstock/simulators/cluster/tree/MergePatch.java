package dev.penstock.simulators.cluster.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON merge patch (RFC 7386) and Kubernetes' strategic merge patch. Neither changes its arguments. */
public final class MergePatch {

    private MergePatch() {
    }

    /** RFC 7386: null removes, objects merge, everything else replaces. */
    public static JsonNode json(JsonNode document, JsonNode patch) {
        if (!patch.isObject()) {
            return patch.deepCopy();
        }
        ObjectNode result = document instanceof ObjectNode object ? object.deepCopy() : Json.object();
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            if (entry.getValue().isNull()) {
                result.remove(entry.getKey());
            } else {
                result.set(entry.getKey(), json(result.path(entry.getKey()), entry.getValue()));
            }
        }
        return result;
    }

    /**
     * As {@link #json}, but lists that have a merge key merge by it. Understands {@code $patch: delete|replace} on objects
     * and items and {@code $deleteFromPrimitiveList/…}; the order hints {@code $setElementOrder/…} are accepted and not used.
     */
    public static ObjectNode strategic(ObjectNode document, ObjectNode patch) {
        return strategic(document, patch, List.of());
    }

    private static ObjectNode strategic(ObjectNode document, ObjectNode patch, List<String> fields) {
        String directive = Json.text(patch, "$patch");
        if (directive.equals("replace") || directive.equals("delete")) {
            ObjectNode replacement = patch.deepCopy();
            replacement.remove("$patch");
            return directive.equals("delete") ? Json.object() : replacement;
        }
        ObjectNode result = document.deepCopy();
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            String name = entry.getKey();
            JsonNode change = entry.getValue();
            if (name.startsWith("$deleteFromPrimitiveList/")) {
                List<String> gone = Json.texts(change);
                Json.list(result, name.substring(name.indexOf('/') + 1)).removeIf(value -> gone.contains(value.asString("")));
            } else if (name.startsWith("$retainKeys") || name.startsWith("$setElementOrder/") || name.equals("$patch")) {
                continue;
            } else if (change.isNull()) {
                result.remove(name);
            } else {
                result.set(name, merged(result.path(name), change, append(fields, name)));
            }
        }
        return result;
    }

    private static JsonNode merged(JsonNode old, JsonNode change, List<String> fields) {
        if (change instanceof ObjectNode object) {
            return strategic(old instanceof ObjectNode before ? before : Json.object(), object, fields);
        }
        ListShape shape = change.isArray() ? ListShape.of(fields) : null;
        if (shape == null) {
            return change.deepCopy();
        }
        ArrayNode result = old instanceof ArrayNode array ? array.deepCopy() : Json.array();
        String key = shape.patchKey();
        for (JsonNode item : change) {
            if (shape.isSet()) {
                addOnce(result, item);
            } else if (key != null && item instanceof ObjectNode object) {
                mergeItem(result, object, key, fields);
            }
        }
        return result;
    }

    private static void addOnce(ArrayNode set, JsonNode value) {
        for (JsonNode present : set) {
            if (Json.same(present, value)) {
                return;
            }
        }
        set.add(value.deepCopy());
    }

    private static void mergeItem(ArrayNode list, ObjectNode item, String key, List<String> fields) {
        if (!item.has(key)) {
            throw new IllegalArgumentException("map: " + item + " does not contain declared merge key: " + key);
        }
        int index = indexOf(list, key, Json.text(item, key));
        if (Json.text(item, "$patch").equals("delete")) {
            if (index >= 0) {
                list.remove(index);
            }
        } else if (index < 0) {
            list.add(strategic(Json.object(), item, fields));
        } else {
            list.set(index, strategic((ObjectNode) list.get(index), item, fields));
        }
    }

    private static int indexOf(ArrayNode list, String key, @Nullable String value) {
        for (int index = 0; index < list.size(); index++) {
            if (Json.text(list.path(index), key).equals(value)) {
                return index;
            }
        }
        return -1;
    }

    static List<String> append(List<String> fields, String name) {
        List<String> result = new ArrayList<>(fields);
        result.add(name);
        return result;
    }
}
