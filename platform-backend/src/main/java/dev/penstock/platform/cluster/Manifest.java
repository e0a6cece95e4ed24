package dev.penstock.platform.cluster;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An object as it should be.
 *
 * @param namespace null for what is in none
 * @param marks become its labels and annotations
 * @param labels further ones
 * @param rest the object's other top-level fields, such as {@code spec}
 */
public record Manifest(
        String apiVersion, String kind, @Nullable String namespace, String name, Marks marks, Map<String, String> labels, Map<String, Object> rest) {

    public Manifest {
        labels = Map.copyOf(labels);
        rest = Map.copyOf(rest);
    }

    public static Manifest of(String apiVersion, String kind, @Nullable String namespace, String name, Marks marks, Map<String, Object> rest) {
        return new Manifest(apiVersion, kind, namespace, name, marks, Map.of(), rest);
    }

    /** For people. */
    public String title() {
        return kind + " " + (namespace == null ? "" : namespace + "/") + name;
    }

    /** The whole object. */
    public Map<String, Object> tree() {
        Map<String, Object> allLabels = new TreeMap<>(marks.labels());
        allLabels.putAll(labels);
        Map<String, Object> metadata = new TreeMap<>(Map.of("name", name, "labels", allLabels, "annotations", marks.annotations()));
        if (namespace != null) {
            metadata.put("namespace", namespace);
        }
        Map<String, Object> tree = new TreeMap<>(rest);
        tree.put("apiVersion", apiVersion);
        tree.put("kind", kind);
        tree.put("metadata", metadata);
        return tree;
    }
}
