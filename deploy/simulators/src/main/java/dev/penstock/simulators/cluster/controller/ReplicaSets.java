package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.admission.PodResources;
import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.store.Change;
import dev.penstock.simulators.cluster.store.Deletion;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Json;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Keeps as many pods as a replica set says. */
final class ReplicaSets implements Controller {

    private static final String NAME = "replicaset-controller";
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Registry registry;
    private final Events events;
    private final Loop loop;

    ReplicaSets(Registry registry, Events events, Loop loop) {
        this.registry = registry;
        this.events = events;
        this.loop = loop;
    }

    @Override
    public void changed(Change change) {
        if (change.kind().equals(Kinds.REPLICA_SET) && change.type() != Change.Type.DELETED) {
            plan(change.namespace(), change.name(), Duration.ZERO);
        } else if (change.kind().equals(Kinds.POD)) {
            for (ObjectNode owner : Json.objects(change.object(), "metadata", "ownerReferences")) {
                if (Json.text(owner, "kind").equals("ReplicaSet")) {
                    plan(change.namespace(), Json.text(owner, "name"), Duration.ZERO);
                }
            }
        }
    }

    private void plan(String namespace, String name, Duration delay) {
        loop.once("replicaset " + namespace + "/" + name + " " + delay, delay, () -> reconcile(namespace, name));
    }

    private void reconcile(String namespace, String name) {
        ObjectNode set = registry.store().get(Kinds.REPLICA_SET, namespace, name);
        if (set == null || Meta.isTerminating(set)) {
            return;
        }
        List<ObjectNode> pods = Owners.dependents(registry.store(), Kinds.POD, set).stream()
                .filter(pod -> !Meta.isTerminating(pod) && !PodResources.isOver(pod)).toList();
        int wanted = Json.at(set, "spec", "replicas").asInt(1);
        boolean complete = true;
        for (int missing = pods.size(); missing < wanted && complete; missing++) {
            complete = create(set);
        }
        // Those that serve nobody yet go first.
        pods.stream().sorted(Comparator.comparing(pod -> Conditions.isTrue(pod, "Ready")))
                .limit(Math.max(0, pods.size() - wanted))
                .forEach(pod -> registry.delete(Kinds.POD, namespace, Meta.name(pod), Deletion.PLAIN));
        report(set, Owners.dependents(registry.store(), Kinds.POD, set));
        if (!complete) {
            plan(namespace, name, RETRY);
        }
    }

    private boolean create(ObjectNode set) {
        ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
        pod.set("metadata", Json.at(set, "spec", "template", "metadata").deepCopy());
        pod.set("spec", Json.at(set, "spec", "template", "spec").deepCopy());
        Meta.of(pod).put("generateName", Meta.name(set) + "-").put("namespace", Meta.namespace(set));
        Owners.own(pod, set);
        try {
            ObjectNode created = registry.create(Kinds.POD, pod, registry.author(NAME, ""), false);
            events.normal(set, NAME, "SuccessfulCreate", "Created pod: " + Meta.name(created));
            failure(set, "False", "");
            return true;
        } catch (ApiFailure refused) {
            events.warning(set, NAME, "FailedCreate", "Error creating: " + refused.getMessage());
            failure(set, "True", String.valueOf(refused.getMessage()));
            return false;
        }
    }

    private void failure(ObjectNode set, String state, String message) {
        if (state.equals("True") || Conditions.isTrue(set, "ReplicaFailure")) {
            registry.edit(Kinds.REPLICA_SET, Meta.namespace(set), Meta.name(set), NAME, "status",
                    it -> Conditions.set(it, "ReplicaFailure", state, "FailedCreate", message, registry.now()));
        }
    }

    private void report(ObjectNode set, List<ObjectNode> pods) {
        int alive = (int) pods.stream().filter(pod -> !Meta.isTerminating(pod) && !PodResources.isOver(pod)).count();
        int ready = (int) pods.stream()
                .filter(pod -> !Meta.isTerminating(pod) && Conditions.isTrue(pod, "Ready")).count();
        registry.edit(Kinds.REPLICA_SET, Meta.namespace(set), Meta.name(set), NAME, "status",
                it -> Json.within(it, "status").put("replicas", alive).put("fullyLabeledReplicas", alive)
                        .put("readyReplicas", ready).put("availableReplicas", ready)
                        .put("observedGeneration", Json.at(it, "metadata", "generation").asInt(0)));
    }
}
