package dev.penstock.simulators.cluster.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps {@code managedFields} true through writes that are not server-side applies. */
public final class Ownership {

    /** Fields nobody owns: identity, and what the server itself keeps. */
    static final Set<String> SERVER_METADATA = Set.of("name", "namespace", "uid", "resourceVersion", "generation",
            "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields", "selfLink");

    private Ownership() {
    }

    /**
     * Enters in {@code after} who owns what, now that the author made it out of {@code before}: what he added or changed
     * becomes his and his alone, what he removed is nobody's.
     */
    public static void update(@Nullable ObjectNode before, ObjectNode after, Author author) {
        ObjectNode was = before == null ? Json.object() : ownable(before, author.subresource());
        ObjectNode is = ownable(after, author.subresource());
        leaveOutSame(was, is);
        FieldSet old = FieldSet.of(was);
        FieldSet now = FieldSet.of(is);
        FieldSet removed = old.minus(now);
        FieldSet written = now.where(path -> !old.contains(path) || differs(path, before, after));

        List<Owner> owners = new ArrayList<>();
        boolean entered = false;
        for (Owner owner : before == null ? List.<Owner>of() : Owner.in(before)) {
            FieldSet kept = owner.fields().minus(removed).minus(written);
            if (owner.is(author, Owner.UPDATE)) {
                entered = true;
                FieldSet his = owner.fields().minus(removed).plus(written);
                owners.add(his.equals(owner.fields()) && written.isEmpty()
                        ? owner : Owner.of(author, Owner.UPDATE, Json.text(after, "apiVersion"), his));
            } else {
                owners.add(owner.with(kept));
            }
        }
        if (!entered) {
            owners.add(Owner.of(author, Owner.UPDATE, Json.text(after, "apiVersion"), written));
        }
        Owner.write(after, owners);
    }

    private static boolean differs(FieldPath path, @Nullable ObjectNode before, ObjectNode after) {
        JsonNode old = before == null ? null : path.in(before);
        JsonNode now = path.in(after);
        if (old == null || now == null) {
            return old != now;
        }
        // An item of a keyed list is in the set for itself; its contents have paths of their own.
        boolean item = path.elements().getLast().startsWith("k:");
        return !item && !Json.same(old, now);
    }

    /** What is the same in both changes hands with nobody, and is most of an object: the kubelet writes a pod's status many times. */
    private static void leaveOutSame(ObjectNode was, ObjectNode is) {
        for (String field : List.copyOf(was.propertyNames())) {
            if (Json.same(was.path(field), is.path(field))) {
                was.remove(field);
                is.remove(field);
            }
        }
    }

    /** The fields of an object that can be owned through the object itself or through its {@code status}. */
    static FieldSet owned(ObjectNode object, String subresource) {
        return FieldSet.of(ownable(object, subresource));
    }

    /** The part of an object that has such fields; its nodes are the object's own. */
    private static ObjectNode ownable(ObjectNode object, String subresource) {
        ObjectNode rest = Json.object();
        if (subresource.equals("status")) {
            if (object.has("status")) {
                rest.set("status", object.path("status"));
            }
            return rest;
        }
        object.properties().forEach(entry -> rest.set(entry.getKey(), entry.getValue()));
        rest.remove(List.of("apiVersion", "kind", "status"));
        if (object.path("metadata") instanceof ObjectNode metadata) {
            ObjectNode own = Json.object();
            metadata.properties().stream().filter(entry -> !SERVER_METADATA.contains(entry.getKey())).forEach(entry -> own.set(entry.getKey(), entry.getValue()));
            rest.set("metadata", own);
            if (own.isEmpty()) {
                rest.remove("metadata");
            }
        }
        return rest;
    }
}
