package dev.penstock.simulators.cluster.tree;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A path to a field in the notation of {@code fieldsV1}: {@code f:name} a field, {@code k:{"name":"a"}} the list item with
 * that key, {@code v:"a"} the item of a set with that value.
 */
record FieldPath(List<String> elements) implements Comparable<FieldPath> {

    static final FieldPath ROOT = new FieldPath(List.of());

    FieldPath {
        elements = List.copyOf(elements);
    }

    FieldPath then(String element) {
        List<String> result = new ArrayList<>(elements);
        result.add(element);
        return new FieldPath(result);
    }

    boolean startsWith(FieldPath prefix) {
        return elements.size() >= prefix.elements.size()
                && elements.subList(0, prefix.elements.size()).equals(prefix.elements);
    }

    /** Whether this is what identifies an item of a keyed list: without it the item would be nobody. */
    boolean isKeyOfItem() {
        if (elements.size() < 2 || !elements.get(elements.size() - 2).startsWith("k:")) {
            return false;
        }
        JsonNode key = Json.MAPPER.readTree(elements.get(elements.size() - 2).substring(2));
        return key.has(elements.getLast().substring(2));
    }

    /** What stands there, or null. */
    @Nullable JsonNode in(JsonNode root) {
        JsonNode node = root;
        for (String element : elements) {
            JsonNode next = step(node, element);
            if (next == null) {
                return null;
            }
            node = next;
        }
        return node;
    }

    /** Removes what stands there; the last key of a free-form map takes the map with it. */
    void removeFrom(ObjectNode root) {
        FieldPath parentPath = new FieldPath(elements.subList(0, elements.size() - 1));
        JsonNode parent = parentPath.in(root);
        JsonNode value = in(root);
        if (parent == null || value == null) {
            return;
        }
        if (parent instanceof ArrayNode array) {
            array.removeIf(item -> item == value);
        } else if (parent instanceof ObjectNode object) {
            object.remove(elements.getLast().substring(2));
        }
        if (parent.isEmpty() && !parentPath.elements.isEmpty()
                && (parent.isArray() || ListShape.isFreeMap(parentPath.elements.getLast().substring(2)))) {
            parentPath.removeFrom(root);
        }
    }

    private static @Nullable JsonNode step(JsonNode node, String element) {
        String rest = element.substring(2);
        return switch (element.charAt(0)) {
            case 'f' -> node.get(rest);
            case 'k' -> byKey(node, Json.MAPPER.readTree(rest));
            default -> byValue(node, Json.MAPPER.readTree(rest));
        };
    }

    private static @Nullable JsonNode byKey(JsonNode list, JsonNode key) {
        for (JsonNode item : list) {
            boolean same = key.properties().stream().allMatch(entry -> {
                JsonNode value = item.get(entry.getKey());
                // A port without a protocol is a TCP port: its key says so although the item does not.
                return value == null
                        ? entry.getKey().equals("protocol") && entry.getValue().asString("").equals("TCP")
                        : Json.same(value, entry.getValue());
            });
            if (same) {
                return item;
            }
        }
        return null;
    }

    private static @Nullable JsonNode byValue(JsonNode list, JsonNode value) {
        for (JsonNode item : list) {
            if (Json.same(item, value)) {
                return item;
            }
        }
        return null;
    }

    @Override
    public int compareTo(FieldPath other) {
        int common = Math.min(elements.size(), other.elements.size());
        for (int index = 0; index < common; index++) {
            int order = elements.get(index).compareTo(other.elements.get(index));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(elements.size(), other.elements.size());
    }

    /** As messages of the API server show it: {@code .spec.containers[name="a"].image}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String element : elements) {
            String rest = element.substring(2);
            switch (element.charAt(0)) {
                case 'f' -> text.append('.').append(rest);
                case 'k' -> text.append('[').append(keyText(rest)).append(']');
                default -> text.append("[=").append(rest).append(']');
            }
        }
        return text.toString();
    }

    private static String keyText(String key) {
        List<String> parts = new ArrayList<>();
        Json.MAPPER.readTree(key).properties().forEach(entry -> parts.add(entry.getKey() + "=" + entry.getValue()));
        return String.join(",", parts);
    }
}
