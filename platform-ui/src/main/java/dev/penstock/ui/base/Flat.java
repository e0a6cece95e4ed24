package dev.penstock.ui.base;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A JSON value as lines: {@code a.b[0]: value}. */
final class Flat {

    private Flat() {}

    static Map<String, String> fields(@Nullable JsonNode node) {
        var fields = new LinkedHashMap<String, String>();
        if (node != null) {
            collect("", node, fields);
        }
        return fields;
    }

    private static void collect(String path, JsonNode node, Map<String, String> fields) {
        if (node.isObject() && !node.isEmpty()) {
            node.forEachEntry((name, child) -> collect(path.isEmpty() ? name : path + "." + name, child, fields));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + "[" + i + "]", node.get(i), fields);
            }
        } else {
            fields.put(path.isEmpty() ? "value" : path, node.isString() ? node.asString() : node.toString());
        }
    }
}
