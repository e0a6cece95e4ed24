package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.admission.PodResources;
import dev.penstock.simulators.cluster.device.Claims;
import dev.penstock.simulators.cluster.store.Change;
import dev.penstock.simulators.cluster.store.Kinds;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.store.Registry;
import dev.penstock.simulators.cluster.tree.Json;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Gives waiting pods a node, oldest first; says why where there is none. */
final class PodScheduler implements Controller {

    private static final String NAME = "default-scheduler";
    /** The same scheduler with HAMi's part beside it, which picks cards. */
    private static final String HAMI = "hami-scheduler";

    private final Registry registry;
    private final Events events;
    private final Loop loop;
    private final Duration delay;
    private final Claims claims;

    PodScheduler(Registry registry, Events events, Loop loop, Duration delay) {
        this.registry = registry;
        this.claims = new Claims(registry.store());
        this.events = events;
        this.loop = loop;
        this.delay = delay;
    }

    @Override
    public void changed(Change change) {
        boolean matters = change.kind().equals(Kinds.NODE)
                || change.kind().equals(Kinds.RESOURCE_CLAIM)
                || change.kind().equals(Kinds.RESOURCE_SLICE)
                || change.kind().equals(Kinds.POD)
                        && (isWaiting(change.object()) || change.type() == Change.Type.DELETED || PodResources.isOver(change.object()));
        if (matters) {
            loop.once("schedule", delay, this::pass);
        }
    }

    private static boolean isWaiting(ObjectNode pod) {
        return Json.text(pod, "spec", "nodeName").isEmpty() && !Meta.isTerminating(pod) && Json.at(pod, "spec", "schedulingGates").isEmpty()
                && (Json.text(pod, "spec", "schedulerName").equals(NAME) || Json.text(pod, "spec", "schedulerName").equals(HAMI));
    }

    private void pass() {
        List<ObjectNode> pods = registry.store().list(Kinds.POD, "");
        List<ObjectNode> waiting = pods.stream().filter(PodScheduler::isWaiting)
                .sorted(Comparator.comparing(pod -> Json.text(pod, "metadata", "creationTimestamp")))
                .toList();
        if (waiting.isEmpty()) {
            return;
        }
        Map<String, List<ObjectNode>> byNode = pods.stream().filter(Predicate.not(PodResources::isOver))
                .collect(Collectors.groupingBy(pod -> Json.text(pod, "spec", "nodeName")));
        List<NodeFit> nodes = registry.store().list(Kinds.NODE, "").stream()
                .map(node -> new NodeFit(node, byNode.getOrDefault(Meta.name(node), List.of())))
                .toList();
        waiting.forEach(pod -> place(pod, nodes));
    }

    private void place(ObjectNode pod, List<NodeFit> nodes) {
        Optional<String> missing = claims.missing(pod);
        if (missing.isPresent()) {
            explain(pod, missing.get());
            return;
        }
        nodes.stream().filter(node -> judge(pod, node).fits())
                .min(Comparator.comparing((NodeFit node) -> -node.draws(pod)).thenComparing(NodeFit::load).thenComparing(NodeFit::name))
                .ifPresentOrElse(node -> bind(pod, node), () -> explain(pod, message(pod, nodes)));
    }

    /** HAMi notes on the pod which card it has before it is the node's. */
    private ObjectNode noted(ObjectNode pod, NodeFit node) {
        if (!Cards.asked(pod)) {
            return pod;
        }
        String card = node.allocation(pod).orElseThrow();
        ObjectNode noted = registry.edit(Kinds.POD, Meta.namespace(pod), Meta.name(pod), HAMI, "",
                it -> Json.within(it, "metadata", "annotations").put("hami.io/vgpu-node", node.name()).put(Cards.ALLOCATED, card));
        return noted == null ? pod : noted;
    }

    private void bind(ObjectNode waiting, NodeFit node) {
        ObjectNode pod = noted(waiting, node);
        node.take(pod);
        allocate(pod, node);
        ObjectNode bound = registry.edit(Kinds.POD, Meta.namespace(pod), Meta.name(pod), NAME, "",
                it -> Json.within(it, "spec").put("nodeName", node.name()));
        registry.edit(Kinds.POD, Meta.namespace(pod), Meta.name(pod), NAME, "status",
                it -> Conditions.set(it, "PodScheduled", "True", "", "", registry.now()));
        if (bound != null) {
            events.normal(bound, NAME, "Scheduled", "Successfully assigned " + Meta.namespace(pod) + "/" + Meta.name(pod)
                    + " to " + node.name());
        }
    }

    /** Devices come last: whoever does not fit otherwise is not asked about them. */
    private NodeFit.Verdict judge(ObjectNode pod, NodeFit node) {
        NodeFit.Verdict verdict = node.judge(pod);
        return verdict.fits() && claims.allocations(pod, node.name()).isEmpty() ? new NodeFit.Verdict(List.of("cannot allocate all claims"), false) : verdict;
    }

    /** From now on the devices are the claims', and the claims the pod's. */
    private void allocate(ObjectNode pod, NodeFit node) {
        List<ObjectNode> allocations = claims.allocations(pod, node.name()).orElse(List.of());
        List<String> names = Claims.of(pod);
        for (int index = 0; index < allocations.size(); index++) {
            ObjectNode allocation = allocations.get(index);
            registry.edit(Kinds.RESOURCE_CLAIM, Meta.namespace(pod), names.get(index), NAME, "", it -> {
                if (!Json.texts(it, "metadata", "finalizers").contains(DeviceClaims.FINALIZER)) {
                    Json.list(Meta.of(it), "finalizers").add(DeviceClaims.FINALIZER);
                }
            });
            registry.edit(Kinds.RESOURCE_CLAIM, Meta.namespace(pod), names.get(index), NAME, "status", it -> {
                ObjectNode status = Json.within(it, "status");
                status.set("allocation", allocation);
                Json.list(status, "reservedFor").addObject().put("resource", "pods").put("name", Meta.name(pod)).put("uid", Meta.uid(pod));
            });
        }
    }

    private void explain(ObjectNode pod, String message) {
        if (!Conditions.message(pod, "PodScheduled").equals(message)) {
            // The event comes first: who sees the condition can ask for it.
            events.warning(pod, NAME, "FailedScheduling", message);
            registry.edit(Kinds.POD, Meta.namespace(pod), Meta.name(pod), NAME, "status",
                    it -> Conditions.set(it, "PodScheduled", "False", "Unschedulable", message, registry.now()));
        }
    }

    /** As the scheduler puts it: {@code 0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu. …}. */
    private String message(ObjectNode pod, List<NodeFit> nodes) {
        if (nodes.isEmpty()) {
            return "no nodes available to schedule pods";
        }
        List<NodeFit.Verdict> verdicts = nodes.stream().map(node -> judge(pod, node)).toList();
        String none = "0/" + nodes.size() + " nodes are available: ";
        return none + counted(verdicts.stream().flatMap(verdict -> verdict.reasons().stream()).toList())
                + ". preemption: " + none
                + counted(verdicts.stream().map(verdict -> verdict.permanent()
                        ? "Preemption is not helpful for scheduling"
                        : "No preemption victims found for incoming pod").toList()) + ".";
    }

    private static String counted(List<String> reasons) {
        return reasons.stream()
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()))
                .entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
