package dev.penstock.simulators.cluster.tree;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a list merges: as one value (atomic), as a set of values, or by the key of its items. The API server reads this
 * from its OpenAPI schema ({@code x-kubernetes-list-type}, {@code patchMergeKey}); here it is a table of the lists in the
 * kinds we serve, found by the names of the field and of its parents. A list that is not in the table is atomic, which
 * is also what the API does with a list that is not marked.
 *
 * @param keys what identifies an item in server-side apply; empty for a set
 * @param patchKey what identifies an item in a strategic merge patch, null when that patch replaces the list
 */
public record ListShape(List<String> keys, @Nullable String patchKey) {

    private static final ListShape SET = new ListShape(List.of(), null);
    private static final Map<String, ListShape> BY_SUFFIX = new LinkedHashMap<>();

    /** Maps and objects that have one owner as a whole ({@code x-kubernetes-map-type: atomic}). */
    private static final Set<String> ATOMIC_OBJECTS = Set.of(
            "selector", "nodeSelector", "podSelector", "namespaceSelector", "labelSelector", "secretKeyRef", "configMapKeyRef",
            "fieldRef", "resourceFieldRef", "involvedObject", "targetRef", "scopeSelector", "claimRef");

    /** Maps whose keys are data, so that the last key leaving takes the map with it. */
    private static final Set<String> FREE_MAPS =
            Set.of("labels", "annotations", "data", "binaryData", "limits", "requests", "hard", "matchLabels", "capacity");

    static {
        keyed("containers", "name");
        keyed("initContainers", "name");
        keyed("ephemeralContainers", "name");
        keyed("env", "name");
        keyed("volumes", "name");
        keyed("volumeMounts", "mountPath");
        keyed("volumeDevices", "devicePath");
        keyed("imagePullSecrets", "name");
        keyed("secrets", "name");
        keyed("conditions", "type");
        keyed("hostAliases", "ip");
        keyed("podIPs", "ip");
        keyed("hostIPs", "ip");
        keyed("claims", "name");
        keyed("resourceClaims", "name");
        keyed("ownerReferences", "uid");
        keyed("addresses", "type");
        BY_SUFFIX.put("containers.ports", new ListShape(List.of("containerPort", "protocol"), "containerPort"));
        BY_SUFFIX.put("initContainers.ports", new ListShape(List.of("containerPort", "protocol"), "containerPort"));
        BY_SUFFIX.put("spec.ports", new ListShape(List.of("port", "protocol"), "port"));
        BY_SUFFIX.put("topologySpreadConstraints",
                new ListShape(List.of("topologyKey", "whenUnsatisfiable"), "topologyKey"));
        BY_SUFFIX.put("finalizers", SET);
    }

    private static void keyed(String field, String key) {
        BY_SUFFIX.put(field, new ListShape(List.of(key), key));
    }

    /** The shape of the list at this chain of field names (list items leave no trace in it), null when it is atomic. */
    public static @Nullable ListShape of(List<String> fields) {
        int size = fields.size();
        ListShape byParent = size < 2 ? null : BY_SUFFIX.get(fields.get(size - 2) + "." + fields.get(size - 1));
        return byParent != null ? byParent : BY_SUFFIX.get(fields.getLast());
    }

    /** Whether the object at this chain of field names has one owner as a whole. */
    public static boolean isAtomicObject(List<String> fields) {
        return ATOMIC_OBJECTS.contains(fields.getLast());
    }

    static boolean isFreeMap(String field) {
        return FREE_MAPS.contains(field);
    }

    boolean isSet() {
        return keys.isEmpty();
    }

    /** The key of an item as {@code fieldsV1} writes it; {@code protocol} has the default the schema gives it. */
    ObjectNode keyOf(JsonNode item) {
        ObjectNode key = Json.object();
        for (String name : keys) {
            JsonNode value = item.path(name);
            if (!value.isMissingNode()) {
                key.set(name, value);
            } else if (name.equals("protocol")) {
                key.put(name, "TCP");
            } else {
                throw new IllegalArgumentException(
                        "associative list with keys has an element that omits key field \"" + name + "\"");
            }
        }
        return key;
    }
}
