package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.fault.Faults;
import dev.penstock.simulators.cluster.store.Change;
import dev.penstock.simulators.cluster.store.Deletion;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the cluster makes of a node that no longer answers: it is unknown and tainted, its pods are not ready, and after a
 * while they are deleted. Since nobody on the node hears that, they stay, terminating, until the node is back or somebody
 * deletes them without grace.
 */
final class NodeLifecycle implements Controller {

    private static final String NAME = "node-controller";
    private static final String UNREACHABLE = "node.kubernetes.io/unreachable";
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Registry registry;
    private final Events events;
    private final Faults faults;
    private final Kubelet kubelet;
    private final Duration eviction;
    private final Clock clock;
    private final Map<String, Instant> lostSince = new HashMap<>();

    NodeLifecycle(Registry registry, Events events, Faults faults, Kubelet kubelet, Duration eviction, Clock clock) {
        this.registry = registry;
        this.events = events;
        this.faults = faults;
        this.kubelet = kubelet;
        this.eviction = eviction;
        this.clock = clock;
    }

    /** Faults are lifted by hand and by time, so they are looked at, not listened to. */
    void start(Loop loop) {
        loop.every(LOOK, this::look);
    }

    @Override
    public void changed(Change change) {
        if (change.kind().equals(Kinds.NODE) && change.type() == Change.Type.DELETED) {
            podsOn(change.name()).forEach(pod ->
                    registry.delete(Kinds.POD, Meta.namespace(pod), Meta.name(pod), Deletion.NOW));
        }
    }

    private void look() {
        Set<String> lost = faults.lostNodes();
        if (lost.isEmpty() && lostSince.isEmpty()) {
            return;
        }
        for (ObjectNode node : registry.store().list(Kinds.NODE, "")) {
            String name = Meta.name(node);
            if (lost.contains(name) && !lostSince.containsKey(name)) {
                lostSince.put(name, clock.instant());
                lose(node);
            } else if (!lost.contains(name) && lostSince.remove(name) != null) {
                bringBack(node);
            }
        }
        lostSince.forEach((name, since) -> {
            if (!clock.instant().isBefore(since.plus(eviction))) {
                evict(name);
            }
        });
    }

    private void lose(ObjectNode node) {
        registry.edit(Kinds.NODE, "", Meta.name(node), NAME, "status", it -> {
            for (ObjectNode condition : Json.objects(it, "status", "conditions")) {
                Conditions.set(it, Json.text(condition, "type"), "Unknown", "NodeStatusUnknown",
                        "Kubelet stopped posting node status.", registry.now());
            }
        });
        registry.edit(Kinds.NODE, "", Meta.name(node), NAME, "", it -> {
            for (String effect : List.of("NoSchedule", "NoExecute")) {
                Json.list(Json.within(it, "spec"), "taints").addObject()
                        .put("key", UNREACHABLE).put("effect", effect).put("timeAdded", registry.now());
            }
        });
        events.normal(node, NAME, "NodeNotReady", "Node " + Meta.name(node) + " status is now: NodeNotReady");
        for (ObjectNode pod : podsOn(Meta.name(node))) {
            registry.edit(Kinds.POD, Meta.namespace(pod), Meta.name(pod), NAME, "status",
                    it -> Conditions.set(it, "Ready", "False", "NodeNotReady", "", registry.now()));
            events.warning(pod, NAME, "NodeNotReady", "Node is not ready");
        }
    }

    private void bringBack(ObjectNode node) {
        registry.edit(Kinds.NODE, "", Meta.name(node), "kubelet", "status", it -> {
            for (ObjectNode condition : Json.objects(it, "status", "conditions")) {
                boolean ready = Json.text(condition, "type").equals("Ready");
                Conditions.set(it, Json.text(condition, "type"), ready ? "True" : "False",
                        ready ? "KubeletReady" : "KubeletHasNoPressure", "simulated node", registry.now());
            }
        });
        registry.edit(Kinds.NODE, "", Meta.name(node), NAME, "", it -> {
            Json.list(Json.within(it, "spec"), "taints").removeIf(taint -> Json.text(taint, "key").equals(UNREACHABLE));
            if (Json.at(it, "spec", "taints").isEmpty()) {
                Json.within(it, "spec").remove("taints");
            }
        });
        events.normal(node, NAME, "NodeReady", "Node " + Meta.name(node) + " status is now: NodeReady");
        kubelet.lookAgain();
    }

    private void evict(String node) {
        for (ObjectNode pod : podsOn(node)) {
            if (!Meta.isTerminating(pod)) {
                registry.edit(Kinds.POD, Meta.namespace(pod), Meta.name(pod), NAME, "status", it -> {
                    Conditions.set(it, "DisruptionTarget", "True", "DeletionByTaintManager",
                            "Taint manager: deleting due to NoExecute taint", registry.now());
                    Json.within(it, "status").put("reason", "NodeLost").put("message", "Node " + node
                            + " which was running pod " + Meta.name(pod) + " is unresponsive");
                });
                events.normal(pod, "taint-eviction-controller", "TaintManagerEviction",
                        "Marking for deletion Pod " + Meta.namespace(pod) + "/" + Meta.name(pod));
                registry.delete(Kinds.POD, Meta.namespace(pod), Meta.name(pod), Deletion.PLAIN);
            }
        }
    }

    private List<ObjectNode> podsOn(String node) {
        return registry.store().list(Kinds.POD, "").stream()
                .filter(pod -> Json.text(pod, "spec", "nodeName").equals(node)).toList();
    }
}
