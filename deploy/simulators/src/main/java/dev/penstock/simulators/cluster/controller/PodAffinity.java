package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.store.Meta;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.cluster.tree.LabelSelector;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which pods want to be beside which, and which must not. Beside is on one node ({@code kubernetes.io/hostname}); of namespaces the pod's own, those that are
 * listed, or with an empty selector all. A term that asks for more is refused, so that nobody takes it for kept.
 */
final class PodAffinity {

    private static final String BY_NODE = "kubernetes.io/hostname";

    private PodAffinity() {
    }

    /** Whether the pod must not be on a node where the other is. */
    static boolean repels(JsonNode pod, ObjectNode other) {
        return terms(pod, "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution").stream()
                .anyMatch(term -> matches(pod, term, other));
    }

    /** Whether it must not be beside some others. */
    static boolean repelsAny(JsonNode pod) {
        return !terms(pod, "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution").isEmpty();
    }

    /** How much the pod would like to be beside these: the weights of its terms that any of them matches. */
    static int draws(JsonNode pod, Collection<ObjectNode> others) {
        return terms(pod, "podAffinity", "preferredDuringSchedulingIgnoredDuringExecution").stream()
                .filter(weighted -> others.stream().anyMatch(other -> matches(pod, Json.within(weighted, "podAffinityTerm"), other)))
                .mapToInt(weighted -> weighted.path("weight").asInt(0))
                .sum();
    }

    private static List<ObjectNode> terms(JsonNode pod, String which, String when) {
        return Json.objects(pod, "spec", "affinity", which, when);
    }

    private static boolean matches(JsonNode pod, ObjectNode term, ObjectNode other) {
        if (!Json.text(term, "topologyKey").equals(BY_NODE)) {
            throw new IllegalArgumentException("topologyKey " + Json.text(term, "topologyKey") + ": the simulated scheduler knows " + BY_NODE);
        }
        return inNamespace(pod, term, other) && LabelSelector.of(term.path("labelSelector")).matches(Meta.labels(other));
    }

    private static boolean inNamespace(JsonNode pod, ObjectNode term, ObjectNode other) {
        if (term.has("namespaceSelector")) {
            if (!term.path("namespaceSelector").isEmpty()) {
                throw new IllegalArgumentException("namespaceSelector: the simulated scheduler knows the empty one");
            }
            return true;
        }
        List<String> listed = Json.texts(term, "namespaces");
        String namespace = Meta.namespace(other);
        return listed.isEmpty() ? namespace.equals(Json.text(pod, "metadata", "namespace")) : listed.contains(namespace);
    }
}
