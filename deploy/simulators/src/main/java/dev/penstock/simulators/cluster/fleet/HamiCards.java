package dev.penstock.simulators.cluster.fleet;

import dev.penstock.simulators.cluster.tree.Json;
import tools.jackson.databind.node.ArrayNode;

/** What HAMi's device plugin registers on its node. */
public final class HamiCards {

    /** Annotation of a node: its cards. */
    public static final String REGISTER = "hami.io/node-nvidia-register";

    /** Among how many pods it lets a card be divided, unless told otherwise. */
    static final int PLACES = 10;

    private HamiCards() {
    }

    static String registered(FleetNode node) {
        ArrayNode cards = Json.MAPPER.createArrayNode();
        for (int index = 0; index < node.cards().size(); index++) {
            cards.addObject().put("id", "GPU-" + node.name() + "-" + index).put("index", index).put("count", PLACES)
                    .put("devmem", node.gpu().memoryMiB()).put("devcore", 100).put("type", "NVIDIA-" + node.gpu().product())
                    .put("mode", "hami-core").put("health", true);
        }
        return cards.toString();
    }
}
