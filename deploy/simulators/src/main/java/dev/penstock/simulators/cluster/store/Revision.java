package dev.penstock.simulators.cluster.store;

import dev.penstock.simulators.cluster.store.ApiFailure.Cause;
import dev.penstock.simulators.cluster.tree.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an object becomes when somebody writes it: the part that may be written, on top of what the server keeps. */
final class Revision {

    private static final List<String> KEPT_BY_SERVER = List.of(
            "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "managedFields");

    private Revision() {
    }

    /**
     * The object after the write, before admission.
     *
     * @param fresh what was sent, or made of the object before by a patch
     * @param applied whether the book of field owners has been kept already
     */
    static ObjectNode of(Kind kind, ObjectNode before, ObjectNode fresh, String subresource, boolean applied) {
        ObjectNode after = part(kind, before, fresh, subresource);
        carryOver(before, after, applied);
        return after;
    }

    /** What of the fresh object may count: a status through its own path only, and nothing else through that. */
    private static ObjectNode part(Kind kind, ObjectNode before, ObjectNode fresh, String subresource) {
        ObjectNode after = subresource.isEmpty() ? fresh : before.deepCopy();
        if (subresource.equals("scale")) {
            Json.within(after, "spec").set("replicas", fresh.path("spec").path("replicas"));
            return after;
        }
        boolean ofStatus = subresource.equals("status");
        if (ofStatus || kind.hasStatus()) {
            JsonNode status = ofStatus ? fresh.path("status") : before.path("status");
            if (status.isMissingNode()) {
                after.remove("status");
            } else {
                after.set("status", status.deepCopy());
            }
        }
        if (ofStatus) {
            Meta.of(after).set("managedFields", Json.at(fresh, "metadata", "managedFields").deepCopy());
        }
        return after;
    }

    private static void carryOver(ObjectNode before, ObjectNode after, boolean applied) {
        ObjectNode old = Meta.of(before);
        ObjectNode metadata = Meta.of(after);
        for (String field : KEPT_BY_SERVER) {
            if (applied && field.equals("managedFields")) {
                continue;
            }
            if (old.has(field)) {
                metadata.set(field, old.path(field).deepCopy());
            } else {
                metadata.remove(field);
            }
        }
        metadata.set("name", old.path("name"));
        metadata.set("resourceVersion", old.path("resourceVersion"));
        if (old.has("namespace")) {
            metadata.set("namespace", old.path("namespace"));
        }
    }

    /** A change may say which version of which object it is a change of. */
    static void checkIdentity(Kind kind, ObjectNode before, ObjectNode fresh) {
        String version = Json.text(fresh, "metadata", "resourceVersion");
        if (!version.isEmpty() && !version.equals(Json.text(before, "metadata", "resourceVersion"))) {
            throw ApiFailure.stale(kind, Meta.name(before));
        }
        String uid = Meta.uid(fresh);
        if (!uid.isEmpty() && !uid.equals(Meta.uid(before))) {
            throw ApiFailure.invalid(kind, Meta.name(before), List.of(new Cause("FieldValueInvalid",
                    "Invalid value: \"" + uid + "\": field is immutable", "metadata.uid")));
        }
    }

    /** For replacing and deleting, the uid is a precondition. */
    static void checkUid(Kind kind, ObjectNode before, String uid) {
        if (!uid.isEmpty() && !uid.equals(Meta.uid(before))) {
            throw ApiFailure.conflict(kind, Meta.name(before),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + Meta.uid(before));
        }
    }
}
