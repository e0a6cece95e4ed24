package dev.penstock.simulators.cluster.admission;

import dev.penstock.simulators.cluster.store.Admission;
import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.ApiFailure.Cause;
import dev.penstock.simulators.cluster.store.Write;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.cluster.tree.LabelSelector;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What cannot change once it is there. */
final class FixedFields implements Admission {

    @Override
    public void admit(Write write) {
        if (!write.isOfSpec()) {
            return;
        }
        ObjectNode before = write.before();
        switch (write.kind().kind()) {
            case "Pod" -> {
                if (before != null && !Json.same(fixedPart(before), fixedPart(write.after()))) {
                    throw refused(write, "spec", "FieldValueForbidden", "Forbidden: pod updates may not change fields other "
                            + "than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
                            + "`spec.tolerations` (only additions to existing tolerations),"
                            + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)");
                }
            }
            case "Deployment", "ReplicaSet" -> {
                fixed(write, "spec", "selector");
                checkSelector(write);
            }
            case "Secret" -> {
                fixed(write, "type");
                if (before != null && before.path("immutable").asBoolean(false)) {
                    fixedWhenImmutable(write, before);
                }
            }
            case "Service" -> fixed(write, "spec", "clusterIP");
            case "PersistentVolumeClaim" -> fixed(write, "spec", "storageClassName");
            default -> {
                // Everything else may change as it likes.
            }
        }
    }

    /** The spec without what may change; whatever places it (nodeName) is the scheduler's to fill once. */
    private static ObjectNode fixedPart(ObjectNode pod) {
        ObjectNode spec = Json.within(pod.deepCopy(), "spec");
        spec.remove(List.of("activeDeadlineSeconds", "tolerations", "nodeName", "schedulingGates"));
        for (String list : List.of("containers", "initContainers")) {
            Json.objects(spec, list).forEach(container -> container.remove("image"));
        }
        return spec;
    }

    private static void fixed(Write write, String... path) {
        ObjectNode before = write.before();
        if (before == null) {
            return;
        }
        JsonNode old = Json.at(before, path);
        JsonNode now = Json.at(write.after(), path);
        if (!old.isMissingNode() && !Json.same(old, now)) {
            throw refused(write, String.join(".", path), "FieldValueInvalid",
                    "Invalid value: " + now + ": field is immutable");
        }
    }

    private static void fixedWhenImmutable(Write write, ObjectNode before) {
        if (!Json.same(before.path("data"), write.after().path("data"))) {
            throw refused(write, "data", "FieldValueForbidden", "Forbidden: field is immutable when `immutable` is set");
        }
    }

    private static void checkSelector(Write write) {
        JsonNode spec = write.after().path("spec");
        if (!LabelSelector.of(spec.path("selector")).matches(Json.map(spec, "template", "metadata", "labels"))) {
            throw refused(write, "spec.template.metadata.labels", "FieldValueInvalid", "Invalid value: "
                    + Json.at(spec, "template", "metadata", "labels") + ": `selector` does not match template `labels`");
        }
        if (spec.path("selector").isEmpty()) {
            throw refused(write, "spec.selector", "FieldValueRequired", "Required value");
        }
    }

    private static ApiFailure refused(Write write, String field, String reason, String message) {
        return ApiFailure.invalid(write.kind(), write.name(), List.of(new Cause(reason, message, field)));
    }
}
