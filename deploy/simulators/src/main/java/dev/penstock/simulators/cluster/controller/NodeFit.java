package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.admission.PodResources;
import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.cluster.tree.LabelSelector;
import dev.penstock.simulators.cluster.tree.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether a pod fits a node beside what is on it already, and if not, why, in the scheduler's words. */
final class NodeFit {

    /**
     * The verdict on one node.
     *
     * @param reasons why not; empty when it fits
     * @param permanent whether even an empty node would not do
     */
    record Verdict(List<String> reasons, boolean permanent) {

        boolean fits() {
            return reasons.isEmpty();
        }
    }

    private final ObjectNode node;
    private final Map<String, Quantity> allocatable = new HashMap<>();
    private final Map<String, Quantity> used = new HashMap<>();
    private final List<ObjectNode> pods = new ArrayList<>();
    /** Of those on it, who must not be beside some others. */
    private final List<ObjectNode> repelling = new ArrayList<>();

    private final Cards cards;

    NodeFit(ObjectNode node, List<ObjectNode> podsOnIt) {
        this.node = node;
        this.cards = new Cards(node);
        Json.map(node, "status", "allocatable").forEach((name, text) -> allocatable.put(name, Quantity.parse(text)));
        podsOnIt.forEach(this::take);
    }

    String name() {
        return Meta.name(node);
    }

    /** Counts the pod as being on this node. */
    void take(ObjectNode pod) {
        pods.add(pod);
        cards.take(pod);
        if (PodAffinity.repelsAny(pod)) {
            repelling.add(pod);
        }
        asked(pod).forEach((resource, amount) -> used.merge(resource, amount, Quantity::plus));
    }

    /** What HAMi would note on the pod; empty: no card of the node holds it. */
    Optional<String> allocation(ObjectNode pod) {
        return cards.allocation(pod);
    }

    /** How much the pod would like to be beside those on it. */
    int draws(ObjectNode pod) {
        return PodAffinity.draws(pod, pods);
    }

    /** The share of its processors that is taken; the scheduler prefers the least. */
    BigDecimal load() {
        BigDecimal all = allocatable.getOrDefault("cpu", Quantity.ZERO).value();
        return all.signum() == 0
                ? BigDecimal.ONE
                : used.getOrDefault("cpu", Quantity.ZERO).value().divide(all, MathContext.DECIMAL32);
    }

    /** The first rule that speaks against it decides, as in the scheduler; resources are told all at once. */
    Verdict judge(ObjectNode pod) {
        if (node.path("spec").path("unschedulable").asBoolean(false)) {
            return new Verdict(List.of("node(s) were unschedulable"), true);
        }
        for (ObjectNode taint : Json.objects(node, "spec", "taints")) {
            if (!Json.text(taint, "effect").equals("PreferNoSchedule") && !tolerated(pod, taint)) {
                return new Verdict(List.of("node(s) had untolerated taint {" + Json.text(taint, "key") + ": "
                        + Json.text(taint, "value") + "}"), true);
            }
        }
        if (!selected(pod)) {
            return new Verdict(List.of("node(s) didn't match Pod's node affinity/selector"), true);
        }
        List<String> reasons = new ArrayList<>();
        Map<String, Quantity> asked = asked(pod);
        if (asked.keySet().removeAll(Cards.ANSWERED) && cards.allocation(pod).isEmpty()) {
            reasons.add("CardInsufficientMemory");
        }
        boolean permanent = false;
        for (Map.Entry<String, Quantity> ask : asked.entrySet()) {
            Quantity all = allocatable.getOrDefault(ask.getKey(), Quantity.ZERO);
            Quantity after = used.getOrDefault(ask.getKey(), Quantity.ZERO).plus(ask.getValue());
            if (ask.getValue().value().signum() > 0 && after.compareTo(all) > 0) {
                reasons.add(ask.getKey().equals("pods") ? "Too many pods" : "Insufficient " + ask.getKey());
                permanent |= ask.getValue().compareTo(all) > 0;
            }
        }
        if (reasons.isEmpty() && PodAffinity.repelsAny(pod) && pods.stream().anyMatch(other -> PodAffinity.repels(pod, other))) {
            return new Verdict(List.of("node(s) didn't match pod anti-affinity rules"), false);
        }
        // As binding for those that are there already as for the one that comes.
        if (reasons.isEmpty() && repelling.stream().anyMatch(other -> PodAffinity.repels(other, pod))) {
            return new Verdict(List.of("node(s) didn't satisfy existing pods anti-affinity rules"), false);
        }
        return new Verdict(reasons, permanent);
    }

    private static Map<String, Quantity> asked(JsonNode pod) {
        Map<String, Quantity> asked = PodResources.requests(pod);
        asked.put("pods", new Quantity(BigDecimal.ONE, false));
        return asked;
    }

    private static boolean tolerated(JsonNode pod, ObjectNode taint) {
        return Json.objects(pod, "spec", "tolerations").stream().anyMatch(toleration -> {
            String key = Json.text(toleration, "key");
            String effect = Json.text(toleration, "effect");
            boolean exists = Json.text(toleration, "operator").equals("Exists");
            return (effect.isEmpty() || effect.equals(Json.text(taint, "effect")))
                    && (key.isEmpty() && exists || key.equals(Json.text(taint, "key")))
                    && (exists || Json.text(toleration, "value").equals(Json.text(taint, "value")));
        });
    }

    private boolean selected(JsonNode pod) {
        Map<String, String> labels = Meta.labels(node);
        boolean byLabels = Json.map(pod, "spec", "nodeSelector").entrySet().stream()
                .allMatch(entry -> entry.getValue().equals(labels.get(entry.getKey())));
        List<ObjectNode> terms = Json.objects(pod, "spec", "affinity", "nodeAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms");
        return byLabels && (terms.isEmpty() || terms.stream().anyMatch(term -> LabelSelector.of(term).matches(labels)));
    }
}
