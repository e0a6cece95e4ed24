package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.admission.PodResources;
import dev.penstock.simulators.cluster.kueue.Kueue;
import dev.penstock.simulators.cluster.kueue.KueueQueues;
import dev.penstock.simulators.cluster.store.Change;
import dev.penstock.simulators.cluster.store.Deletion;
import dev.penstock.simulators.cluster.store.Kind;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Kueue's controllers for plain pods: each is a workload, which waits in its queue until the quota for it is free. Without cohorts, and of one flavor each. */
final class Queueing implements Controller {

    private static final String NAME = "kueue-controller-manager";
    private static final Set<Kind> KINDS = Set.of(Kinds.WORKLOAD, Kinds.LOCAL_QUEUE, Kinds.CLUSTER_QUEUE);
    private static final String PREEMPTED =
            "Preempted to accommodate a workload (UID: 0, JobUID: 0) due to prioritization in the ClusterQueue";

    private final Registry registry;
    private final Events events;
    private final Loop loop;
    private final Kueue kueue;
    private final KueueQueues queues;

    Queueing(Registry registry, Events events, Loop loop, Kueue kueue) {
        this.registry = registry;
        this.events = events;
        this.loop = loop;
        this.kueue = kueue;
        this.queues = new KueueQueues(registry.store());
        kueue.listen(this::soon);
    }

    @Override
    public void changed(Change change) {
        if (KINDS.contains(change.kind()) || change.kind().equals(Kinds.POD) && Kueue.isManaged(change.object())) {
            soon();
        }
    }

    private void soon() {
        if (kueue.isWorking()) {
            loop.once("kueue", Duration.ZERO, this::pass);
        }
    }

    private void pass() {
        Map<String, ObjectNode> workloads = new HashMap<>();
        registry.store().list(Kinds.WORKLOAD, "").forEach(workload -> workloads.put(Meta.labels(workload).getOrDefault(Kueue.POD_UID, ""), workload));
        for (ObjectNode pod : registry.store().list(Kinds.POD, "").stream().filter(Kueue::isManaged).toList()) {
            ObjectNode workload = workloads.remove(Meta.uid(pod));
            if (Meta.isTerminating(pod) || PodResources.isOver(pod)) {
                letGo(pod);
            } else if (workload == null) {
                compose(pod);
            } else {
                if (kueue.takesBack(pod)) {
                    evict(pod, workload);
                }
                continue;
            }
            forget(workload);
        }
        workloads.values().forEach(this::forget);
        admitWhoeverWaits();
    }

    /** From now on its quota is somebody else's, and nothing holds the pod but its own processes. */
    private void letGo(ObjectNode pod) {
        if (Json.texts(pod, "metadata", "finalizers").contains(Kueue.MANAGED)) {
            registry.edit(Kinds.POD, Meta.namespace(pod), Meta.name(pod), NAME, "", it -> {
                Json.list(Meta.of(it), "finalizers").removeIf(name -> name.asString("").equals(Kueue.MANAGED));
                if (!Meta.hasFinalizers(it)) {
                    Meta.of(it).remove("finalizers");
                }
            });
        }
    }

    private void forget(@Nullable ObjectNode workload) {
        if (workload != null && registry.store().get(Kinds.WORKLOAD, Meta.namespace(workload), Meta.name(workload)) != null) {
            registry.delete(Kinds.WORKLOAD, Meta.namespace(workload), Meta.name(workload), Deletion.NOW);
        }
    }

    private void compose(ObjectNode pod) {
        ObjectNode workload = Json.object().put("apiVersion", Kinds.WORKLOAD.apiVersion()).put("kind", "Workload");
        ObjectNode metadata = workload.putObject("metadata").put("namespace", Meta.namespace(pod)).put("generateName", "pod-" + Meta.name(pod) + "-");
        metadata.putObject("labels").put(Kueue.POD_UID, Meta.uid(pod));
        metadata.putObject("annotations").put(KueueQueues.ORDER, String.format("%019d", registry.store().version()));
        Owners.own(workload, pod);
        ObjectNode spec = workload.putObject("spec").put("queueName", Meta.labels(pod).get(Kueue.QUEUE));
        ObjectNode set = Json.list(spec, "podSets").addObject().put("name", "main").put("count", 1);
        set.putObject("template").set("spec", Json.at(pod, "spec").deepCopy());
        registry.create(Kinds.WORKLOAD, workload, registry.author(NAME, ""), false);
    }

    private void admitWhoeverWaits() {
        queues.waiting().forEach((name, workloads) -> {
            ObjectNode queue = name.isEmpty() ? null : registry.store().get(Kinds.CLUSTER_QUEUE, "", name);
            if (queue == null) {
                workloads.forEach(workload -> waits(workload, "Inadmissible", name.isEmpty()
                        ? "LocalQueue " + Json.text(workload, "spec", "queueName") + " doesn't exist"
                        : "ClusterQueue " + name + " doesn't exist"));
            } else {
                admit(queue, workloads);
            }
        });
    }

    private void admit(ObjectNode queue, List<ObjectNode> workloads) {
        KueueQueues.Left left = queues.left(queue);
        boolean strict = Json.text(queue, "spec", "queueingStrategy").equals("StrictFIFO");
        for (ObjectNode workload : workloads) {
            String refusal = left.refusal(workload);
            if (refusal.isEmpty()) {
                left.take(workload);
                start(workload, Meta.name(queue));
            } else {
                waits(workload, "Pending", refusal);
                if (strict) {
                    return;
                }
            }
        }
    }

    private void waits(ObjectNode workload, String reason, String message) {
        status(workload, it -> Conditions.set(it, "QuotaReserved", "False", reason, message, registry.now()));
    }

    private void start(ObjectNode workload, String queue) {
        status(workload, it -> {
            Json.within(it, "status", "admission").put("clusterQueue", queue);
            Conditions.set(it, "QuotaReserved", "True", "QuotaReserved", "Quota reserved in ClusterQueue " + queue, registry.now());
            Conditions.set(it, "Admitted", "True", "Admitted", "The workload is admitted", registry.now());
        });
        String pod = Json.text(Json.objects(workload, "metadata", "ownerReferences").getFirst(), "name");
        registry.edit(Kinds.POD, Meta.namespace(workload), pod, NAME, "", it -> {
            ObjectNode spec = Json.within(it, "spec");
            Json.list(spec, "schedulingGates").removeIf(gate -> Json.text(gate, "name").equals(Kueue.GATE));
            if (Json.at(spec, "schedulingGates").isEmpty()) {
                spec.remove("schedulingGates");
            }
        });
    }

    private void evict(ObjectNode pod, ObjectNode workload) {
        status(workload, it -> {
            Conditions.set(it, "Evicted", "True", "Preempted", PREEMPTED, registry.now());
            Conditions.set(it, "Preempted", "True", "InClusterQueue", PREEMPTED, registry.now());
            Conditions.set(it, "QuotaReserved", "False", "Pending", PREEMPTED, registry.now());
        });
        events.normal(workload, NAME, "EvictedDueToPreempted", PREEMPTED);
        registry.edit(Kinds.POD, Meta.namespace(pod), Meta.name(pod), NAME, "status",
                it -> Conditions.set(it, "TerminationTarget", "True", "WorkloadEvictedDueToPreempted", PREEMPTED, registry.now()));
        registry.delete(Kinds.POD, Meta.namespace(pod), Meta.name(pod), Deletion.PLAIN);
    }

    private void status(ObjectNode workload, Consumer<ObjectNode> change) {
        registry.edit(Kinds.WORKLOAD, Meta.namespace(workload), Meta.name(workload), NAME, "status", change);
    }
}
