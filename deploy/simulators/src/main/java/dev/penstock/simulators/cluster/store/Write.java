package dev.penstock.simulators.cluster.store;

import dev.penstock.simulators.cluster.tree.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A write on its way into the store.
 *
 * @param before the object as it is, null for a creation
 * @param after the object as it would become; admission may complete it
 * @param subresource what part is written: empty for the object itself, {@code status}, {@code scale}
 * @param store what else there is
 */
public record Write(Kind kind, @Nullable ObjectNode before, ObjectNode after, String subresource, Store store) {

    public boolean creates() {
        return before == null;
    }

    /** Whether it writes the object itself and not only its status. */
    public boolean isOfSpec() {
        return !subresource.equals("status");
    }

    /** The name, or what it will begin with. */
    public String name() {
        String name = Meta.name(after);
        return name.isEmpty() ? Json.text(after, "metadata", "generateName") : name;
    }

    public String namespace() {
        return Meta.namespace(after);
    }

    /** The namespace object this goes into, null for cluster-scoped kinds and where there is none. */
    public @Nullable ObjectNode namespaceObject() {
        return kind.namespaced() ? store.get(Kinds.NAMESPACE, "", namespace()) : null;
    }
}
