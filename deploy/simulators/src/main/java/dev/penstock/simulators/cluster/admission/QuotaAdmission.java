package dev.penstock.simulators.cluster.admission;

import dev.penstock.simulators.cluster.store.Admission;
import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.ApiFailure.Cause;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Write;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.cluster.tree.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Refuses what would go over a resource quota of its namespace. */
final class QuotaAdmission implements Admission {

    @Override
    public void admit(Write write) {
        if (write.kind().equals(Kinds.RESOURCE_QUOTA)) {
            refuseScopes(write);
        }
        if (!write.creates() || !write.kind().namespaced()) {
            return;
        }
        for (ObjectNode quota : write.store().list(Kinds.RESOURCE_QUOTA, write.namespace())) {
            Map<String, Quantity> hard = new TreeMap<>();
            Json.map(quota, "spec", "hard").forEach((resource, limit) -> hard.put(resource, Quantity.parse(limit)));
            if (write.kind().equals(Kinds.POD)) {
                checkStated(write, Meta.name(quota), hard);
            }
            checkLimit(write, Meta.name(quota), hard);
        }
    }

    private static void refuseScopes(Write write) {
        if (write.after().path("spec").has("scopes") || write.after().path("spec").has("scopeSelector")) {
            // Counting everything against a scoped quota would be wrong without a word; saying so is better.
            throw ApiFailure.invalid(write.kind(), write.name(), List.of(new Cause("FieldValueNotSupported",
                    "Unsupported value: the simulated cluster does not count by scope", "spec.scopes")));
        }
    }

    /** A quota on cpu or memory obliges every container to say how much it wants. */
    private static void checkStated(Write write, String quota, Map<String, Quantity> hard) {
        List<String> missing = new ArrayList<>();
        for (String resource : hard.keySet()) {
            String which = resource.startsWith("limits.") ? "limits" : "requests";
            String name = resource.replaceFirst("^(limits|requests)\\.", "");
            if (name.equals("cpu") || name.equals("memory")) {
                String containers = Json.objects(write.after(), "spec", "containers").stream()
                        .filter(container -> Json.text(container, "resources", which, name).isEmpty())
                        .map(container -> Json.text(container, "name"))
                        .collect(Collectors.joining(","));
                if (!containers.isEmpty()) {
                    missing.add(resource + " for: " + containers);
                }
            }
        }
        if (!missing.isEmpty()) {
            throw ApiFailure.forbidden(write.kind(), write.name(),
                    "failed quota: " + quota + ": must specify " + String.join("; ", missing));
        }
    }

    private static void checkLimit(Write write, String quota, Map<String, Quantity> hard) {
        Map<String, Quantity> asked = new TreeMap<>(QuotaUsage.of(write.kind(), write.after()));
        asked.keySet().retainAll(hard.keySet());
        if (asked.isEmpty()) {
            return;
        }
        Map<String, Quantity> used = QuotaUsage.inNamespace(write.store(), write.namespace(), asked.keySet());
        List<String> over = asked.keySet().stream().filter(resource -> amount(used, resource)
                .plus(amount(asked, resource)).compareTo(amount(hard, resource)) > 0).toList();
        if (!over.isEmpty()) {
            throw ApiFailure.forbidden(write.kind(), write.name(), "exceeded quota: " + quota + ", requested: "
                    + text(over, asked) + ", used: " + text(over, used) + ", limited: " + text(over, hard));
        }
    }

    private static Quantity amount(Map<String, Quantity> amounts, String resource) {
        return amounts.getOrDefault(resource, Quantity.ZERO);
    }

    private static String text(List<String> resources, Map<String, Quantity> amounts) {
        return resources.stream().map(resource -> resource + "=" + amount(amounts, resource))
                .collect(Collectors.joining(","));
    }
}
