package dev.penstock.simulators.cluster.tree;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A set of field paths: what a manager owns. Immutable. */
final class FieldSet {

    private final NavigableSet<FieldPath> paths;

    private FieldSet(NavigableSet<FieldPath> paths) {
        this.paths = paths;
    }

    /** The leaves of a tree: single values, atomic lists and objects, empty containers, and the items of keyed lists. */
    static FieldSet of(JsonNode tree) {
        NavigableSet<FieldPath> paths = new TreeSet<>();
        collect(tree, FieldPath.ROOT, List.of(), paths);
        return new FieldSet(paths);
    }

    private static void collect(JsonNode node, FieldPath path, List<String> fields, NavigableSet<FieldPath> paths) {
        if (node.isObject() && !node.isEmpty() && (fields.isEmpty() || !ListShape.isAtomicObject(fields))) {
            node.properties().forEach(entry -> collect(entry.getValue(), path.then("f:" + entry.getKey()),
                    MergePatch.append(fields, entry.getKey()), paths));
            return;
        }
        ListShape shape = node.isArray() && !fields.isEmpty() ? ListShape.of(fields) : null;
        if (shape == null || node.isEmpty()) {
            if (!path.elements().isEmpty()) {
                paths.add(path);
            }
            return;
        }
        for (JsonNode item : node) {
            FieldPath itemPath = path.then(shape.isSet() ? "v:" + item : "k:" + shape.keyOf(item));
            paths.add(itemPath);
            if (!shape.isSet()) {
                collect(item, itemPath, fields, paths);
            }
        }
    }

    /** Reads {@code fieldsV1}. */
    static FieldSet read(JsonNode fieldsV1) {
        NavigableSet<FieldPath> paths = new TreeSet<>();
        read(fieldsV1, FieldPath.ROOT, paths);
        return new FieldSet(paths);
    }

    private static void read(JsonNode node, FieldPath path, NavigableSet<FieldPath> paths) {
        if (node.isEmpty() && !path.elements().isEmpty()) {
            paths.add(path);
        }
        node.properties().forEach(entry -> {
            if (entry.getKey().equals(".")) {
                paths.add(path);
            } else {
                read(entry.getValue(), path.then(entry.getKey()), paths);
            }
        });
    }

    /** Writes {@code fieldsV1}. */
    ObjectNode write() {
        ObjectNode root = Json.object();
        for (FieldPath path : paths) {
            ObjectNode node = Json.within(root, path.elements().toArray(String[]::new));
            // A path that has others below it says so with a dot; without any, it is simply a leaf.
            FieldPath next = paths.higher(path);
            if (next != null && next.startsWith(path)) {
                node.putObject(".");
            }
        }
        return root;
    }

    FieldSet plus(FieldSet other) {
        NavigableSet<FieldPath> result = new TreeSet<>(paths);
        result.addAll(other.paths);
        return new FieldSet(result);
    }

    FieldSet minus(FieldSet other) {
        return where(path -> !other.paths.contains(path));
    }

    FieldSet where(Predicate<FieldPath> condition) {
        NavigableSet<FieldPath> result = new TreeSet<>();
        paths.stream().filter(condition).forEach(result::add);
        return new FieldSet(result);
    }

    boolean contains(FieldPath path) {
        return paths.contains(path);
    }

    /** Whether the path or anything below it is in the set. */
    boolean reaches(FieldPath path) {
        FieldPath next = paths.ceiling(path);
        return next != null && next.startsWith(path);
    }

    boolean isEmpty() {
        return paths.isEmpty();
    }

    NavigableSet<FieldPath> paths() {
        return paths;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSet set && set.paths.equals(paths);
    }

    @Override
    public int hashCode() {
        return paths.hashCode();
    }

    @Override
    public String toString() {
        return paths.toString();
    }
}
