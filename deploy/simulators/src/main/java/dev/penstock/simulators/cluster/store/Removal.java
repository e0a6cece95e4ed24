package dev.penstock.simulators.cluster.store;

import dev.penstock.simulators.cluster.store.Deletion.Propagation;
import dev.penstock.simulators.cluster.tree.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ObjectNode;

/** How objects go: at once, or marked and held by a grace period or by finalizers until those are through. */
final class Removal {

    private static final int DEFAULT_GRACE_SECONDS = 30;

    private final Store store;
    private final Clock clock;

    Removal(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Whether nothing holds it any more. */
    static boolean isFinished(ObjectNode object) {
        return Meta.isTerminating(object) && !Meta.hasFinalizers(object)
                && Json.at(object, "spec", "finalizers").isEmpty()
                && Json.at(object, "metadata", "deletionGracePeriodSeconds").asInt(0) == 0;
    }

    /** Removes the object, or marks it; returns it as it is then. */
    ObjectNode begin(Kind kind, ObjectNode object, Deletion deletion) {
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
}
