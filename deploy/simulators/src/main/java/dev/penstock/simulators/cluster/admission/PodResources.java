package dev.penstock.simulators.cluster.admission;

import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.cluster.tree.Quantity;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a pod asks for, as scheduler and quota count it: the sum of its containers, or one init container if that is more. */
public final class PodResources {

    private PodResources() {
    }

    public static Map<String, Quantity> requests(JsonNode pod) {
        return sum(pod, "requests");
    }

    public static Map<String, Quantity> limits(JsonNode pod) {
        return sum(pod, "limits");
    }

    /** Whether it no longer holds anything: it has run to its end. */
    public static boolean isOver(JsonNode pod) {
        String phase = Json.text(pod, "status", "phase");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Whether the resource is a device a plugin offers, not one the kubelet itself manages. */
    public static boolean isExtended(String resource) {
        return resource.contains("/") && !resource.startsWith("kubernetes.io/");
    }

    private static Map<String, Quantity> sum(JsonNode pod, String which) {
        Map<String, Quantity> total = new TreeMap<>();
        for (ObjectNode container : Json.objects(pod, "spec", "containers")) {
            amounts(container, which).forEach((name, amount) -> total.merge(name, amount, Quantity::plus));
        }
        for (ObjectNode container : Json.objects(pod, "spec", "initContainers")) {
            amounts(container, which).forEach((name, amount) -> total.merge(name, amount, Quantity::max));
        }
        return total;
    }

    private static Map<String, Quantity> amounts(ObjectNode container, String which) {
        Map<String, Quantity> amounts = new TreeMap<>();
        Json.map(container, "resources", which).forEach((name, text) -> amounts.put(name, Quantity.parse(text)));
        return amounts;
    }
}
