package dev.penstock.simulators.cluster.store;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One change of one object, with its place in the order of all changes.
 *
 * @param object the object after the change; for a deletion its last state under the deletion's version
 * @param previous the object before it, null when it is new
 */
public record Change(Type type, Kind kind, long version, ObjectNode object, @Nullable ObjectNode previous) {

    /** What a watch calls it. */
    public enum Type { ADDED, MODIFIED, DELETED }

    /** The namespace, empty for cluster-scoped kinds. */
    public String namespace() {
        return Meta.namespace(object);
    }

    public String name() {
        return Meta.name(object);
    }
}
