package dev.penstock.simulators.cluster.store;

import dev.penstock.simulators.cluster.store.Deletion.Propagation;
import dev.penstock.simulators.cluster.tree.Apply;
import dev.penstock.simulators.cluster.tree.ApplyConflict;
import dev.penstock.simulators.cluster.tree.Author;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.cluster.tree.Ownership;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every way an object can be written, by callers of the API and by the cluster's own controllers alike. */
public final class Registry {

    private static final List<String> KEPT_BY_SERVER = List.of(
            "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "managedFields");
    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int DEFAULT_GRACE_SECONDS = 30;

    private final Store store;
    private final List<Admission> admissions;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public Registry(Store store, List<Admission> admissions, Clock clock, Supplier<UUID> ids) {
        this.store = store;
        this.admissions = List.copyOf(admissions);
        this.clock = clock;
        this.ids = ids;
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
     * @throws ApiFailure 409 with a cause per field when others own what would change, unless forced
     */
    public ObjectNode apply(
            Kind kind, String namespace, String name, ObjectNode wanted, Author author, boolean force, boolean dryRun) {
        return store.locked(() -> {
            ObjectNode before = store.get(kind, namespace, name);
            String version = Json.text(wanted, "metadata", "resourceVersion");
            if (before == null && (!author.subresource().isEmpty() || !version.isEmpty())) {
                throw ApiFailure.notFound(kind, name);
            }
            if (before == null && !Meta.uid(wanted).isEmpty()) {
                throw ApiFailure.conflict(kind, name, "uid mismatch: the provided object specified uid " + Meta.uid(wanted)
                        + ", and no existing object was found");
            }
            if (before != null) {
                checkIdentity(kind, before, wanted);
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
        checkIdentity(kind, before, fresh);
        ObjectNode after = part(kind, before, fresh, author.subresource());
        carryOver(before, after, applied);
        admit(new Write(kind, before, after, author.subresource(), store));
        if (kind.hasGeneration() && !Json.same(before.path("spec"), after.path("spec"))) {
            Meta.of(after).put("generation", before.path("metadata").path("generation").asInt(0) + 1);
        }
        if (!applied) {
            Ownership.update(before, after, author);
        }
        // A write that changes nothing is no write: no new version, no event for watchers.
        if (Json.same(before, after) || dryRun) {
            return dryRun ? after : before;
        }
        if (isFinished(after)) {
            store.remove(kind, after);
            return after;
        }
        return store.put(kind, after);
    }

    private static void checkIdentity(Kind kind, ObjectNode before, ObjectNode fresh) {
        String version = Json.text(fresh, "metadata", "resourceVersion");
        if (!version.isEmpty() && !version.equals(Json.text(before, "metadata", "resourceVersion"))) {
            throw ApiFailure.stale(kind, Meta.name(before));
        }
        checkUid(kind, before, Meta.uid(fresh));
    }

    private static void checkUid(Kind kind, ObjectNode before, String uid) {
        if (!uid.isEmpty() && !uid.equals(Meta.uid(before))) {
            throw ApiFailure.conflict(kind, Meta.name(before),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + Meta.uid(before));
        }
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

    private static boolean isFinished(ObjectNode object) {
        return Meta.isTerminating(object) && !Meta.hasFinalizers(object)
                && Json.at(object, "spec", "finalizers").isEmpty()
                && Json.at(object, "metadata", "deletionGracePeriodSeconds").asInt(0) == 0;
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
            checkUid(kind, object, deletion.uid());
            if (!deletion.resourceVersion().isEmpty()
                    && !deletion.resourceVersion().equals(Json.text(object, "metadata", "resourceVersion"))) {
                throw ApiFailure.conflict(kind, name, "Precondition failed: resourceVersion in precondition: "
                        + deletion.resourceVersion() + ", resourceVersion in object meta: "
                        + Json.text(object, "metadata", "resourceVersion"));
            }
            return deletion.dryRun() ? object : delete(kind, object, deletion);
        });
    }

    private ObjectNode delete(Kind kind, ObjectNode object, Deletion deletion) {
        ObjectNode metadata = Meta.of(object);
        int grace = grace(kind, object, deletion);
        boolean begun = Meta.isTerminating(object);
        if (begun && grace >= metadata.path("deletionGracePeriodSeconds").asInt(0) && grace > 0) {
            return object;
        }
        if (!begun && deletion.propagation() != Propagation.BACKGROUND) {
            String finalizer = deletion.propagation() == Propagation.ORPHAN ? "orphan" : "foregroundDeletion";
            Json.list(metadata, "finalizers").add(finalizer);
        }
        if (grace == 0 && !Meta.hasFinalizers(object) && Json.at(object, "spec", "finalizers").isEmpty()) {
            store.remove(kind, object);
            return object;
        }
        if (!begun || grace < metadata.path("deletionGracePeriodSeconds").asInt(0)) {
            Instant end = clock.instant().plusSeconds(grace);
            metadata.put("deletionTimestamp", end.truncatedTo(ChronoUnit.SECONDS).toString());
            metadata.put("deletionGracePeriodSeconds", grace);
            if (kind.equals(Kinds.NAMESPACE)) {
                Json.within(object, "status").put("phase", "Terminating");
            }
            return store.put(kind, object);
        }
        return object;
    }

    /** Only a pod that a node has taken needs time to end. */
    private static int grace(Kind kind, ObjectNode object, Deletion deletion) {
        String phase = Json.text(object, "status", "phase");
        boolean runs = kind.equals(Kinds.POD) && !Json.text(object, "spec", "nodeName").isEmpty()
                && !phase.equals("Succeeded") && !phase.equals("Failed");
        if (!runs) {
            return 0;
        }
        return deletion.graceSeconds() >= 0
                ? deletion.graceSeconds()
                : Json.at(object, "spec", "terminationGracePeriodSeconds").asInt(DEFAULT_GRACE_SECONDS);
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
