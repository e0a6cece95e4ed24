package dev.penstock.simulators.cluster.tree;

import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** RFC 6902. */
public final class JsonPatch {

    private JsonPatch() {
    }

    /**
     * The document with all operations applied; the argument is not changed.
     *
     * @throws IllegalArgumentException when an operation is malformed, its path is missing or a test fails
     */
    public static JsonNode apply(JsonNode document, JsonNode operations) {
        // A holder above the root lets "" (the whole document) be a path like any other.
        ObjectNode holder = Json.object();
        holder.set("", document.deepCopy());
        for (ObjectNode operation : Json.objects(operations)) {
            List<String> path = path(Json.text(operation, "path"));
            switch (Json.text(operation, "op")) {
                case "add" -> add(holder, path, operation.path("value").deepCopy());
                case "remove" -> remove(holder, path);
                case "replace" -> replace(holder, path, operation.path("value").deepCopy());
                case "move" -> add(holder, path, remove(holder, path(Json.text(operation, "from"))));
                case "copy" -> add(holder, path, find(holder, path(Json.text(operation, "from"))).deepCopy());
                case "test" -> test(holder, path, operation.path("value"));
                default -> throw new IllegalArgumentException("Unexpected kind: " + Json.text(operation, "op"));
            }
        }
        return holder.path("");
    }

    private static List<String> path(String pointer) {
        if (!pointer.isEmpty() && !pointer.startsWith("/")) {
            throw new IllegalArgumentException("path must start with a slash: " + pointer);
        }
        return Arrays.stream(pointer.split("/", -1)).map(part -> part.replace("~1", "/").replace("~0", "~")).toList();
    }

    private static void add(ObjectNode holder, List<String> path, JsonNode value) {
        JsonNode parent = find(holder, path.subList(0, path.size() - 1));
        if (parent instanceof ArrayNode array) {
            array.insert(path.getLast().equals("-") ? array.size() : index(array.size() + 1, path), value);
        } else if (parent instanceof ObjectNode object) {
            object.set(path.getLast(), value);
        } else {
            throw missing(path);
        }
    }

    private static JsonNode remove(ObjectNode holder, List<String> path) {
        JsonNode removed = find(holder, path);
        JsonNode parent = find(holder, path.subList(0, path.size() - 1));
        if (parent instanceof ArrayNode array) {
            array.remove(index(array.size(), path));
        } else {
            ((ObjectNode) parent).remove(path.getLast());
        }
        return removed;
    }

    private static void replace(ObjectNode holder, List<String> path, JsonNode value) {
        find(holder, path);
        JsonNode parent = find(holder, path.subList(0, path.size() - 1));
        if (parent instanceof ArrayNode array) {
            array.set(index(array.size(), path), value);
        } else {
            ((ObjectNode) parent).set(path.getLast(), value);
        }
    }

    private static void test(ObjectNode holder, List<String> path, JsonNode expected) {
        if (!Json.same(find(holder, path), expected)) {
            throw new IllegalArgumentException("testing value " + String.join("/", path) + " failed: test failed");
        }
    }

    private static JsonNode find(JsonNode holder, List<String> path) {
        JsonNode node = holder;
        for (int depth = 0; depth < path.size(); depth++) {
            List<String> here = path.subList(0, depth + 1);
            node = node.isArray() ? node.path(index(node.size(), here)) : node.path(path.get(depth));
            if (node.isMissingNode()) {
                throw missing(here);
            }
        }
        return node;
    }

    private static int index(int size, List<String> path) {
        String text = path.getLast();
        if (!text.matches("0|[1-9]\\d{0,8}") || Integer.parseInt(text) >= size) {
            throw missing(path);
        }
        return Integer.parseInt(text);
    }

    private static IllegalArgumentException missing(List<String> path) {
        return new IllegalArgumentException("doc is missing path: " + String.join("/", path));
    }
}
