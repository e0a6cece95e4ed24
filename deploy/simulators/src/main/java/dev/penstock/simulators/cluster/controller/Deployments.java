package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.store.Change;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Json;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rolls a deployment out: a replica set per template, the new one up and the old ones down within surge and unavailable. */
final class Deployments implements Controller {

    private static final String NAME = "deployment-controller";
    private static final String HASH = "pod-template-hash";

    private final Registry registry;
    private final Events events;
    private final Loop loop;

    Deployments(Registry registry, Events events, Loop loop) {
        this.registry = registry;
        this.events = events;
        this.loop = loop;
    }

    @Override
    public void changed(Change change) {
        if (change.kind().equals(Kinds.DEPLOYMENT) && change.type() != Change.Type.DELETED) {
            plan(change.namespace(), change.name());
        } else if (change.kind().equals(Kinds.REPLICA_SET)) {
            for (ObjectNode owner : Json.objects(change.object(), "metadata", "ownerReferences")) {
                plan(change.namespace(), Json.text(owner, "name"));
            }
        }
    }

    private void plan(String namespace, String name) {
        loop.once("deployment " + namespace + "/" + name, Duration.ZERO, () -> reconcile(namespace, name));
    }

    private void reconcile(String namespace, String name) {
        ObjectNode deployment = registry.store().get(Kinds.DEPLOYMENT, namespace, name);
        if (deployment == null || Meta.isTerminating(deployment)) {
            return;
        }
        JsonNode template = Json.at(deployment, "spec", "template");
        String current = name + "-" + Integer.toUnsignedString(template.hashCode(), 36);
        if (registry.store().get(Kinds.REPLICA_SET, namespace, current) == null) {
            create(deployment, template, current);
        }
        List<ObjectNode> sets = Owners.dependents(registry.store(), Kinds.REPLICA_SET, deployment);
        roll(deployment, sets, current);
        report(deployment, Owners.dependents(registry.store(), Kinds.REPLICA_SET, deployment), current);
    }

    private void create(ObjectNode deployment, JsonNode template, String name) {
        ObjectNode set = Json.object().put("apiVersion", "apps/v1").put("kind", "ReplicaSet");
        String hash = name.substring(Meta.name(deployment).length() + 1);
        set.putObject("metadata").put("name", name).put("namespace", Meta.namespace(deployment))
                .set("labels", Json.at(template, "metadata", "labels").deepCopy());
        Json.within(set, "metadata", "labels").put(HASH, hash);
        Owners.own(set, deployment);
        ObjectNode spec = set.putObject("spec").put("replicas", 0);
        spec.set("selector", Json.at(deployment, "spec", "selector").deepCopy());
        Json.within(spec, "selector", "matchLabels").put(HASH, hash);
        spec.set("template", template.deepCopy());
        Json.within(spec, "template", "metadata", "labels").put(HASH, hash);
        registry.create(Kinds.REPLICA_SET, set, registry.author(NAME, ""), false);
    }

    private void roll(ObjectNode deployment, List<ObjectNode> sets, String current) {
        int wanted = Json.at(deployment, "spec", "replicas").asInt(1);
        boolean recreate = Json.text(deployment, "spec", "strategy", "type").equals("Recreate");
        JsonNode rolling = Json.at(deployment, "spec", "strategy", "rollingUpdate");
        int surge = recreate ? 0 : share(rolling.path("maxSurge"), wanted, true);
        int unavailable = recreate ? wanted : share(rolling.path("maxUnavailable"), wanted, false);

        int old = sets.stream().filter(set -> !Meta.name(set).equals(current)).mapToInt(Deployments::replicas).sum();
        int oldAlive = sets.stream().filter(set -> !Meta.name(set).equals(current))
                .mapToInt(set -> Json.at(set, "status", "replicas").asInt(0)).sum();
        int ready = sets.stream().mapToInt(set -> Json.at(set, "status", "readyReplicas").asInt(0)).sum();

        int room = recreate ? (old + oldAlive > 0 ? 0 : wanted) : Math.max(0, wanted + surge - old);
        scale(deployment, current, Math.min(wanted, room));
        int mayGo = recreate ? old : Math.max(0, ready - (wanted - unavailable));
        for (ObjectNode set : sets) {
            if (!Meta.name(set).equals(current) && replicas(set) > 0) {
                int notReady = replicas(set) - Json.at(set, "status", "readyReplicas").asInt(0);
                int goes = Math.min(replicas(set), Math.max(notReady, 0) + mayGo);
                mayGo -= Math.max(0, goes - notReady);
                scale(deployment, Meta.name(set), replicas(set) - goes);
            }
        }
    }

    /** A number, or a percentage of the replicas: surge rounds up, unavailable down. */
    private static int share(JsonNode setting, int replicas, boolean up) {
        String text = setting.asString("0");
        if (!text.endsWith("%")) {
            return Integer.parseInt(text);
        }
        double exact = Integer.parseInt(text.substring(0, text.length() - 1)) * replicas / 100.0;
        return (int) (up ? Math.ceil(exact) : Math.floor(exact));
    }

    private static int replicas(ObjectNode set) {
        return Json.at(set, "spec", "replicas").asInt(0);
    }

    private void scale(ObjectNode deployment, String set, int replicas) {
        ObjectNode before = registry.store().get(Kinds.REPLICA_SET, Meta.namespace(deployment), set);
        if (before != null && replicas(before) != replicas) {
            registry.edit(Kinds.REPLICA_SET, Meta.namespace(deployment), set, NAME, "",
                    it -> Json.within(it, "spec").put("replicas", replicas));
            events.normal(deployment, NAME, "ScalingReplicaSet", "Scaled " + (replicas > replicas(before) ? "up" : "down")
                    + " replica set " + set + " from " + replicas(before) + " to " + replicas);
        }
    }

    private void report(ObjectNode deployment, List<ObjectNode> sets, String current) {
        int wanted = Json.at(deployment, "spec", "replicas").asInt(1);
        int all = sets.stream().mapToInt(set -> Json.at(set, "status", "replicas").asInt(0)).sum();
        int ready = sets.stream().mapToInt(set -> Json.at(set, "status", "readyReplicas").asInt(0)).sum();
        int updated = sets.stream().filter(set -> Meta.name(set).equals(current))
                .mapToInt(set -> Json.at(set, "status", "replicas").asInt(0)).sum();
        int unavailable = share(Json.at(deployment, "spec", "strategy", "rollingUpdate", "maxUnavailable"), wanted, false);
        boolean available = ready >= wanted - unavailable;
        boolean through = updated == wanted && ready >= wanted && all == wanted;
        registry.edit(Kinds.DEPLOYMENT, Meta.namespace(deployment), Meta.name(deployment), NAME, "status", it -> {
            Json.within(it, "status").put("replicas", all).put("updatedReplicas", updated).put("readyReplicas", ready)
                    .put("availableReplicas", ready).put("unavailableReplicas", Math.max(0, wanted - ready))
                    .put("observedGeneration", Json.at(deployment, "metadata", "generation").asInt(0));
            Conditions.set(it, "Available", available ? "True" : "False",
                    available ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                    available ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
                    registry.now());
            Conditions.set(it, "Progressing", "True", through ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
                    "ReplicaSet \"" + current + "\" " + (through ? "has successfully progressed." : "is progressing."),
                    registry.now());
        });
    }
}
