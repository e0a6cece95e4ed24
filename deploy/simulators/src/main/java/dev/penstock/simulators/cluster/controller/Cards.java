package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.admission.PodResources;
import dev.penstock.simulators.cluster.fleet.HamiCards;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.cluster.tree.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The cards of a node that HAMi hands out, and what pods have of each, by HAMi's notes on the pods. It spreads them, as HAMi does unless told otherwise. */
final class Cards {

    /** Names that a pod asks by and no node offers: HAMi's part of the scheduler answers for them. */
    static final Set<String> ANSWERED = Set.of("nvidia.com/gpumem", "nvidia.com/gpucores");

    /** Annotation of a pod: what it has of which card, {@code id,NVIDIA,memory,cores:;}. */
    static final String ALLOCATED = "hami.io/vgpu-devices-allocated";

    private static final int ALL_CORES = 100;

    private final List<Card> cards = new ArrayList<>();

    private static final class Card {

        private final String id;
        private int places;
        private int memory;
        private int cores;

        private Card(JsonNode card) {
            this.id = Json.text(card, "id");
            boolean healthy = card.path("health").asBoolean(false);
            this.places = healthy ? card.path("count").asInt(0) : 0;
            this.memory = card.path("devmem").asInt(0);
            this.cores = card.path("devcore").asInt(0);
        }

        private boolean holds(int ofMemory, int ofCores) {
            return places > 0 && memory >= ofMemory && cores >= ofCores;
        }

        private void take(int ofMemory, int ofCores) {
            places--;
            memory -= ofMemory;
            cores -= ofCores;
        }
    }

    Cards(ObjectNode node) {
        String registered = Json.map(node, "metadata", "annotations").getOrDefault(HamiCards.REGISTER, "");
        if (!registered.isEmpty()) {
            Json.MAPPER.readTree(registered).values().forEach(card -> cards.add(new Card(card)));
        }
    }

    /** Whether the pod asks for a share of a card. */
    static boolean asked(JsonNode pod) {
        return PodResources.limits(pod).keySet().stream().anyMatch(ANSWERED::contains);
    }

    /** Counts what the pod has by its note. */
    void take(ObjectNode pod) {
        String[] has = Json.map(pod, "metadata", "annotations").getOrDefault(ALLOCATED, "").replace(":;", "").split(",");
        cards.stream().filter(card -> card.id.equals(has[0])).findFirst()
                .ifPresent(card -> card.take(Integer.parseInt(has[2]), Integer.parseInt(has[3])));
    }

    /** The note on the pod if one of the cards holds what it asks for: the emptiest. */
    Optional<String> allocation(JsonNode pod) {
        Map<String, Quantity> asked = PodResources.limits(pod);
        int memory = amount(asked, "nvidia.com/gpumem");
        int cores = amount(asked, "nvidia.com/gpucores");
        return cards.stream().filter(card -> card.holds(memory, Math.min(cores, ALL_CORES)))
                .max(Comparator.<Card>comparingInt(card -> card.memory).thenComparing(card -> card.id, Comparator.reverseOrder()))
                .map(card -> card.id + ",NVIDIA," + memory + "," + cores + ":;");
    }

    private static int amount(Map<String, Quantity> asked, String resource) {
        return asked.getOrDefault(resource, Quantity.ZERO).value().intValue();
    }
}
