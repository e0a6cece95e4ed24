package dev.penstock.simulators.cluster.admission;

import dev.penstock.simulators.cluster.store.Kind;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Store;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.cluster.tree.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** What objects use of the resources a quota can name. */
public final class QuotaUsage {

    private static final Quantity ONE = new Quantity(BigDecimal.ONE, false);
    /** Resources whose quota may be named without saying that requests are meant. */
    private static final Set<String> BARE = Set.of("cpu", "memory", "ephemeral-storage");

    private QuotaUsage() {
    }

    /** What is used in the namespace of each of the resources. */
    public static Map<String, Quantity> inNamespace(Store store, String namespace, Set<String> resources) {
        Map<String, Quantity> used = new TreeMap<>();
        resources.forEach(resource -> used.put(resource, Quantity.ZERO));
        for (Kind kind : Kinds.all()) {
            if (kind.namespaced() && !kind.equals(Kinds.EVENT)) {
                store.list(kind, namespace).forEach(object -> of(kind, object).forEach(
                        (resource, amount) -> used.computeIfPresent(resource, (same, sum) -> sum.plus(amount))));
            }
        }
        return used;
    }

    /** What this one object uses. */
    static Map<String, Quantity> of(Kind kind, ObjectNode object) {
        Map<String, Quantity> used = new TreeMap<>();
        if (kind.equals(Kinds.POD) && PodResources.isOver(object)) {
            used.put("count/pods", ONE);
            return used;
        }
        used.put("count/" + kind.resource(), ONE);
        if (kind.group().isEmpty()) {
            used.put(kind.plural(), ONE);
        }
        if (kind.equals(Kinds.POD)) {
            PodResources.requests(object).forEach((resource, amount) -> {
                used.put("requests." + resource, amount);
                if (BARE.contains(resource)) {
                    used.put(resource, amount);
                }
            });
            PodResources.limits(object).forEach((resource, amount) -> used.put("limits." + resource, amount));
        }
        if (kind.equals(Kinds.RESOURCE_CLAIM)) {
            Json.objects(object, "spec", "devices", "requests").forEach(request -> used.merge(
                    Json.text(request, "exactly", "deviceClassName") + ".deviceclass.resource.k8s.io/devices",
                    new Quantity(BigDecimal.valueOf(Json.at(request, "exactly", "count").asInt(1)), false), Quantity::plus));
        }
        String storage = Json.text(object, "spec", "resources", "requests", "storage");
        if (kind.equals(Kinds.VOLUME_CLAIM) && !storage.isEmpty()) {
            used.put("requests.storage", Quantity.parse(storage));
        }
        return used;
    }
}
