package dev.penstock.simulators.cluster.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Server-side apply: an applier states all it wants, owns exactly that, and loses what it no longer states.
 *
 * <p>Example: {@code a} applied {@code replicas: 2}, {@code b} set it to 3 by an update. When {@code a} applies 2 again,
 * that is a conflict; forced, the field is a's alone. When {@code a} leaves it out, nothing is removed: it is b's.
 */
public final class Apply {

    private Apply() {
    }

    /**
     * The object after the author applied {@code wanted}; neither argument is changed.
     *
     * @param live the object as it is, null when it does not exist yet
     * @param force take over fields of others instead of refusing
     * @throws ApplyConflict when fields of others would change and {@code force} is not given
     * @throws IllegalArgumentException when an item of a keyed list lacks its key
     */
    public static ObjectNode merge(@Nullable ObjectNode live, ObjectNode wanted, Author author, boolean force) {
        ObjectNode before = live == null ? Json.object() : live;
        FieldSet stated = Ownership.owned(wanted, author.subresource());
        List<Owner> owners = Owner.in(before);

        // 1. Whose fields would change?
        FieldSet changed = stated.where(path -> isChange(path, before, wanted));
        List<ApplyConflict.Cause> conflicts = conflicts(owners, changed, author);
        if (!conflicts.isEmpty() && !force) {
            throw new ApplyConflict(conflicts);
        }

        // 2. What is stated goes in; what was stated before and belongs to nobody else now goes out.
        ObjectNode merged = (ObjectNode) mergeInto(before, withoutForeignPart(wanted, author), List.of());
        FieldSet dropped = previous(owners, author).minus(stated);
        // In this order an item of a keyed list goes before its fields, and as a whole.
        for (FieldPath path : dropped.paths()) {
            boolean others = owners.stream()
                    .anyMatch(owner -> !owner.is(author, Owner.APPLY) && owner.fields().reaches(path));
            if (!others && !stated.reaches(path) && !path.isKeyOfItem()) {
                path.removeFrom(merged);
            }
        }

        // 3. The book: the author owns what it stated, others lose what was taken from them.
        Owner.write(merged, entries(owners, stated, changed, author, Json.text(wanted, "apiVersion")));
        return merged;
    }

    private static boolean isChange(FieldPath path, ObjectNode before, ObjectNode wanted) {
        JsonNode old = path.in(before);
        JsonNode now = path.in(wanted);
        boolean item = path.elements().getLast().startsWith("k:");
        return old == null || (!item && now != null && !Json.same(old, now));
    }

    private static List<ApplyConflict.Cause> conflicts(List<Owner> owners, FieldSet changed, Author author) {
        List<ApplyConflict.Cause> causes = new ArrayList<>();
        for (Owner owner : owners) {
            if (!owner.is(author, Owner.APPLY)) {
                changed.paths().stream().filter(owner.fields()::contains)
                        .forEach(path -> causes.add(new ApplyConflict.Cause(owner.label(), path.toString())));
            }
        }
        return causes;
    }

    private static FieldSet previous(List<Owner> owners, Author author) {
        return owners.stream().filter(owner -> owner.is(author, Owner.APPLY)).map(Owner::fields)
                .findFirst().orElseGet(() -> FieldSet.of(Json.object()));
    }

    private static List<Owner> entries(
            List<Owner> owners, FieldSet stated, FieldSet changed, Author author, String apiVersion) {
        List<Owner> result = new ArrayList<>();
        boolean same = false;
        for (Owner owner : owners) {
            if (!owner.is(author, Owner.APPLY)) {
                result.add(owner.with(owner.fields().minus(changed)));
            } else if (owner.fields().equals(stated)) {
                same = true;
                result.add(owner);
            }
        }
        if (!same) {
            result.add(Owner.of(author, Owner.APPLY, apiVersion, stated));
        }
        return result;
    }

    /** An apply to the object leaves its status alone, and one to the status leaves the object alone. */
    private static ObjectNode withoutForeignPart(ObjectNode wanted, Author author) {
        ObjectNode part = wanted.deepCopy();
        if (author.subresource().equals("status")) {
            part.removeAll();
            if (wanted.has("status")) {
                part.set("status", wanted.path("status").deepCopy());
            }
            return part;
        }
        part.remove("status");
        if (part.path("metadata") instanceof ObjectNode metadata) {
            // What the server keeps, an applier cannot state: clients send "creationTimestamp": null and the like.
            metadata.remove(Ownership.SERVER_METADATA);
        }
        return part;
    }

    private static JsonNode mergeInto(JsonNode old, JsonNode wanted, List<String> fields) {
        if (wanted.isObject() && old.isObject() && (fields.isEmpty() || !ListShape.isAtomicObject(fields))) {
            ObjectNode result = (ObjectNode) old.deepCopy();
            for (Map.Entry<String, JsonNode> entry : wanted.properties()) {
                List<String> here = MergePatch.append(fields, entry.getKey());
                result.set(entry.getKey(), mergeInto(result.path(entry.getKey()), entry.getValue(), here));
            }
            return result;
        }
        ListShape shape = wanted.isArray() && old.isArray() ? ListShape.of(fields) : null;
        return shape == null ? wanted.deepCopy() : mergeLists((ArrayNode) old, wanted, shape, fields);
    }

    private static ArrayNode mergeLists(ArrayNode old, JsonNode wanted, ListShape shape, List<String> fields) {
        ArrayNode result = old.deepCopy();
        for (JsonNode item : wanted) {
            FieldPath path = FieldPath.ROOT.then(shape.isSet() ? "v:" + item : "k:" + shape.keyOf(item));
            JsonNode present = path.in(result);
            if (present == null) {
                result.add(item.deepCopy());
            } else if (!shape.isSet()) {
                result.set(indexOf(result, present), mergeInto(present, item, fields));
            }
        }
        return result;
    }

    private static int indexOf(ArrayNode list, JsonNode item) {
        for (int index = 0; index < list.size(); index++) {
            if (list.path(index) == item) {
                return index;
            }
        }
        throw new IllegalStateException("the item was found in this very list");
    }
}
