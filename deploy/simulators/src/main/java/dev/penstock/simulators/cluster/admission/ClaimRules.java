package dev.penstock.simulators.cluster.admission;

import dev.penstock.simulators.cluster.device.Expression;
import dev.penstock.simulators.cluster.store.Admission;
import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.ApiFailure.Cause;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Write;
import dev.penstock.simulators.cluster.tree.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What makes a claim of devices valid, and a container's use of one; and what the API server fills in. */
final class ClaimRules implements Admission {

    private static final String REQUIRED = "FieldValueRequired";

    @Override
    public void admit(Write write) {
        if (!write.isOfSpec()) {
            return;
        }
        List<Cause> causes = new ArrayList<>();
        if (write.kind().equals(Kinds.RESOURCE_CLAIM)) {
            checkClaim(write.after(), causes);
            if (write.before() != null && !Json.same(write.before().path("spec"), write.after().path("spec"))) {
                causes.add(new Cause("FieldValueInvalid", "Invalid value: field is immutable", "spec"));
            }
        } else if (write.kind().equals(Kinds.POD)) {
            checkPod(write.after(), causes);
        }
        if (!causes.isEmpty()) {
            throw ApiFailure.invalid(write.kind(), write.name(), causes);
        }
    }

    private static void checkClaim(ObjectNode claim, List<Cause> causes) {
        List<ObjectNode> requests = Json.objects(claim, "spec", "devices", "requests");
        for (int index = 0; index < requests.size(); index++) {
            String here = "spec.devices.requests[" + index + "]";
            ObjectNode request = requests.get(index);
            if (Json.text(request, "name").isEmpty()) {
                causes.add(new Cause(REQUIRED, "Required value", here + ".name"));
            }
            if (!request.has("exactly")) {
                causes.add(new Cause(REQUIRED, "Required value: exactly one of `exactly` or `firstAvailable` is required", here));
                continue;
            }
            ObjectNode exactly = Json.within(request, "exactly");
            if (Json.text(exactly, "deviceClassName").isEmpty()) {
                causes.add(new Cause(REQUIRED, "Required value", here + ".exactly.deviceClassName"));
            }
            if (!exactly.has("allocationMode")) {
                exactly.put("allocationMode", "ExactCount");
            }
            if (!exactly.has("count") && Json.text(exactly, "allocationMode").equals("ExactCount")) {
                exactly.put("count", 1);
            }
            checkSelectors(Json.objects(exactly, "selectors"), here + ".exactly.selectors", causes);
        }
    }

    private static void checkSelectors(List<ObjectNode> selectors, String path, List<Cause> causes) {
        for (int index = 0; index < selectors.size(); index++) {
            String expression = Json.text(selectors.get(index), "cel", "expression");
            try {
                Expression unused = Expression.of(expression);
            } catch (IllegalArgumentException wrong) {
                causes.add(new Cause("FieldValueInvalid", "Invalid value: \"" + expression + "\": compilation failed: " + wrong.getMessage(), path + "[" + index + "].cel.expression"));
            }
        }
    }

    /** A container uses only what its pod has. */
    private static void checkPod(ObjectNode pod, List<Cause> causes) {
        Set<String> names = Json.objects(pod, "spec", "resourceClaims").stream().map(claim -> Json.text(claim, "name")).collect(Collectors.toSet());
        List<ObjectNode> containers = Json.objects(pod, "spec", "containers");
        for (int index = 0; index < containers.size(); index++) {
            for (ObjectNode claim : Json.objects(containers.get(index), "resources", "claims")) {
                if (!names.contains(Json.text(claim, "name"))) {
                    causes.add(new Cause("FieldValueNotFound", "Not found: \"" + Json.text(claim, "name") + "\"", "spec.containers[" + index + "].resources.claims"));
                }
            }
        }
    }
}
