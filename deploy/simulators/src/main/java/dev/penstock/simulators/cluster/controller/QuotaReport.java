package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.admission.QuotaUsage;
import dev.penstock.simulators.cluster.store.Change;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Json;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the status of resource quotas true. Admission does not read it: it counts for itself. */
final class QuotaReport implements Controller {

    private static final String NAME = "resourcequota-controller";

    private final Registry registry;
    private final Loop loop;

    QuotaReport(Registry registry, Loop loop) {
        this.registry = registry;
        this.loop = loop;
    }

    @Override
    public void changed(Change change) {
        if (change.kind().namespaced() && !change.kind().equals(Kinds.EVENT)) {
            loop.once("quota " + change.namespace(), Duration.ZERO, () -> report(change.namespace()));
        }
    }

    private void report(String namespace) {
        for (ObjectNode quota : registry.store().list(Kinds.RESOURCE_QUOTA, namespace)) {
            ObjectNode hard = Json.within(quota.deepCopy(), "spec", "hard");
            ObjectNode used = Json.MAPPER.createObjectNode();
            QuotaUsage.inNamespace(registry.store(), namespace, Json.map(hard).keySet()).forEach((resource, amount) -> used.put(resource, amount.toString()));
            if (!Json.same(quota.path("status").path("hard"), hard) || !Json.same(quota.path("status").path("used"), used)) {
                registry.edit(Kinds.RESOURCE_QUOTA, namespace, Meta.name(quota), NAME, "status", it -> {
                    ObjectNode status = Json.within(it, "status");
                    status.set("hard", hard);
                    status.set("used", used);
                });
            }
        }
    }
}
