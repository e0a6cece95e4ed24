package dev.penstock.simulators.cluster.store;

import dev.penstock.simulators.cluster.tree.Json;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * How something is to be deleted.
 *
 * @param graceSeconds seconds a pod is given to end, -1 for its own setting
 * @param uid only this very object, empty for any
 * @param resourceVersion only in this version, empty for any
 */
public record Deletion(int graceSeconds, Propagation propagation, String uid, String resourceVersion, boolean dryRun) {

    /** What becomes of dependents: removed afterwards, removed first, or left without an owner. */
    public enum Propagation { BACKGROUND, FOREGROUND, ORPHAN }

    /** As the object's own settings say. */
    public static final Deletion PLAIN = new Deletion(-1, Propagation.BACKGROUND, "", "", false);

    /** At once, whatever the object's settings say. */
    public static final Deletion NOW = new Deletion(0, Propagation.BACKGROUND, "", "", false);

    /**
     * Reads a {@code DeleteOptions} body; an empty object means {@link #PLAIN}.
     *
     * @throws ApiFailure 422 for an unknown propagation policy
     */
    public static Deletion of(JsonNode options, boolean dryRun) {
        String policy = Json.text(options, "propagationPolicy");
        if (policy.isEmpty() && options.path("orphanDependents").asBoolean(false)) {
            policy = "Orphan";
        }
        if (!policy.isEmpty() && !policy.equals("Background") && !policy.equals("Foreground") && !policy.equals("Orphan")) {
            throw ApiFailure.of(422, "Invalid", "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported "
                    + "value: \"" + policy + "\": supported values: \"Background\", \"Foreground\", \"Orphan\"");
        }
        return new Deletion(options.path("gracePeriodSeconds").asInt(-1),
                policy.isEmpty() ? Propagation.BACKGROUND : Propagation.valueOf(policy.toUpperCase(Locale.ROOT)),
                Json.text(options, "preconditions", "uid"), Json.text(options, "preconditions", "resourceVersion"), dryRun);
    }
}
