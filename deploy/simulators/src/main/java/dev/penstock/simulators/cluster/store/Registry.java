package dev.penstock.simulators.cluster.store;

import dev.penstock.simulators.cluster.tree.Apply;
import dev.penstock.simulators.cluster.tree.ApplyConflict;
import dev.penstock.simulators.cluster.tree.Author;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.cluster.tree.Ownership;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Every way an object can be written, by callers of the API and by the cluster's own controllers alike. */
public final class Registry {

    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final Store store;
    private final List<Admission> admissions;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Removal removal;

    public Registry(Store store, List<Admission> admissions, Clock clock, Supplier<UUID> ids) {
        this.store = store;
        this.admissions = List.copyOf(admissions);
        this.clock = clock;
        this.ids = ids;
        this.removal = new Removal(store, clock);
    }

    /** What is read. */
    public Store store() {
        return store;
    }

    /** An author of now. */
    public Author author(String manager, String subresource) {
        return new Author(manager, subresource, clock.instant());
    }

    /**
     * Creates the object.
     *
     * @throws ApiFailure 409 when the name is taken, and whatever admission says
     */
    public ObjectNode create(Kind kind, ObjectNode object, Author author, boolean dryRun) {
        return store.locked(() -> insert(kind, object.deepCopy(), author, false, dryRun));
    }

    private ObjectNode insert(Kind kind, ObjectNode object, Author author, boolean applied, boolean dryRun) {
        ObjectNode metadata = Meta.of(object);
        metadata.remove(List.of("resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"));
        if (!applied) {
            metadata.remove("managedFields");
        }
        String prefix = Json.text(metadata, "generateName");
        if (Meta.name(object).isEmpty() && !prefix.isEmpty()) {
            metadata.put("name", prefix + suffix());
        }
        if (kind.hasStatus()) {
            object.remove("status");
        }
        admit(new Write(kind, null, object, "", store));
        if (store.get(kind, Meta.namespace(object), Meta.name(object)) != null) {
            throw ApiFailure.alreadyExists(kind, Meta.name(object));
        }
        metadata.put("uid", ids.get().toString()).put("creationTimestamp", now());
        if (kind.hasGeneration()) {
            metadata.put("generation", 1);
        }
        if (!applied) {
            Ownership.update(null, object, author);
        }
        return dryRun ? object : store.put(kind, object);
    }

    /**
     * Puts the object, or the part of it that the subresource is, in place of what is there.
     *
     * @throws ApiFailure 404 when nothing is there, 409 when it names another version or uid than what is there
     */
    public ObjectNode replace(Kind kind, ObjectNode fresh, Author author, boolean dryRun) {
        return store.locked(() -> {
            ObjectNode before = existing(kind, Meta.namespace(fresh), Meta.name(fresh));
            Revision.checkUid(kind, before, Meta.uid(fresh));
            return write(kind, before, fresh.deepCopy(), author, false, dryRun);
        });
    }

    /**
     * Changes what is there by a function of it.
     *
     * @throws ApiFailure 404 when nothing is there, and whatever the function throws
     */
    public ObjectNode patch(Kind kind, String namespace, String name, UnaryOperator<ObjectNode> change, Author author,
            boolean dryRun) {
        return store.locked(() -> {
            ObjectNode before = existing(kind, namespace, name);
            return write(kind, before, change.apply(before.deepCopy()), author, false, dryRun);
        });
    }

    /** For the cluster's own controllers: changes what is there; null when it is gone meanwhile. */
    public @Nullable ObjectNode edit(
            Kind kind, String namespace, String name, String manager, String subresource, Consumer<ObjectNode> change) {
        return store.locked(() -> {
            ObjectNode before = store.get(kind, namespace, name);
            if (before == null) {
                return null;
            }
            ObjectNode after = before.deepCopy();
            change.accept(after);
            return write(kind, before, after, author(manager, subresource), false, false);
        });
    }

    /**
     * Server-side apply; creates what is not there.
     *
     * @throws ApiFailure 409 with a cause per field when others own what would change, unless forced; 409 when it names a uid
     *     and nothing is there, or another version than what is there; 422 when what is there has another uid
     */
    public ObjectNode apply(
            Kind kind, String namespace, String name, ObjectNode wanted, Author author, boolean force, boolean dryRun) {
        return store.locked(() -> {
            ObjectNode before = store.get(kind, namespace, name);
            if (before == null && !author.subresource().isEmpty()) {
                throw ApiFailure.notFound(kind, name);
            }
            // A version without a uid does not keep an apply from creating, here as on a cluster: only a uid says "this one".
            if (before == null && !Meta.uid(wanted).isEmpty()) {
                throw ApiFailure.conflict(kind, name, "uid mismatch: the provided object specified uid " + Meta.uid(wanted)
                        + ", and no existing object was found");
            }
            if (before != null) {
                Revision.checkIdentity(kind, before, wanted);
            }
            ObjectNode merged = merged(before, wanted, author, force);
            Meta.of(merged).put("name", name);
            if (kind.namespaced()) {
                Meta.of(merged).put("namespace", namespace);
            }
            return before == null
                    ? insert(kind, merged, author, true, dryRun)
                    : write(kind, before, merged, author, true, dryRun);
        });
    }

    private static ObjectNode merged(@Nullable ObjectNode before, ObjectNode wanted, Author author, boolean force) {
        try {
            return Apply.merge(before, wanted, author, force);
        } catch (ApplyConflict conflict) {
            throw ApiFailure.applyConflict(conflict);
        } catch (IllegalArgumentException malformed) {
            throw ApiFailure.badRequest("failed to create typed patch object: " + malformed.getMessage());
        }
    }

    private ObjectNode write(
            Kind kind, ObjectNode before, ObjectNode fresh, Author author, boolean applied, boolean dryRun) {
        Revision.checkIdentity(kind, before, fresh);
        ObjectNode after = Revision.of(kind, before, fresh, author.subresource(), applied);
        admit(new Write(kind, before, after, author.subresource(), store));
        if (kind.hasGeneration() && !Json.same(before.path("spec"), after.path("spec"))) {
            Meta.of(after).put("generation", before.path("metadata").path("generation").asInt(0) + 1);
        }
        if (!applied && !Json.same(before, after)) {
            Ownership.update(before, after, author);
        }
        // A write that changes nothing is no write: no new version, no event for watchers.
        if (Json.same(before, after) || dryRun) {
            return dryRun ? after : before;
        }
        if (Removal.isFinished(after)) {
            store.remove(kind, after);
            return after;
        }
        return store.put(kind, after);
    }

    /**
     * Deletes the object, or begins to: what has finalizers or a grace period stays, marked, until they are through.
     *
     * @return the object as it is now; {@link #store()} tells whether it is gone
     * @throws ApiFailure 404 when nothing is there, 409 when a precondition does not hold
     */
    public ObjectNode delete(Kind kind, String namespace, String name, Deletion deletion) {
        return store.locked(() -> {
            ObjectNode object = existing(kind, namespace, name);
            Revision.checkUid(kind, object, deletion.uid());
            if (!deletion.resourceVersion().isEmpty()
                    && !deletion.resourceVersion().equals(Json.text(object, "metadata", "resourceVersion"))) {
                throw ApiFailure.conflict(kind, name, "Precondition failed: resourceVersion in precondition: "
                        + deletion.resourceVersion() + ", resourceVersion in object meta: "
                        + Json.text(object, "metadata", "resourceVersion"));
            }
            return deletion.dryRun() ? object : removal.begin(kind, object, deletion);
        });
    }

    private void admit(Write write) {
        admissions.forEach(admission -> admission.admit(write));
    }

    private ObjectNode existing(Kind kind, String namespace, String name) {
        ObjectNode object = store.get(kind, namespace, name);
        if (object == null) {
            throw ApiFailure.notFound(kind, name);
        }
        return object;
    }

    /** The time as objects carry it: UTC, whole seconds. */
    public String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Five letters of the alphabet Kubernetes uses for generated names. */
    private String suffix() {
        long bits = ids.get().getMostSignificantBits();
        StringBuilder suffix = new StringBuilder();
        for (int index = 0; index < 5; index++) {
            suffix.append(SUFFIX_LETTERS.charAt((int) Math.floorMod(bits, (long) SUFFIX_LETTERS.length())));
            bits = Math.floorDiv(bits, (long) SUFFIX_LETTERS.length());
        }
        return suffix.toString();
    }
}
