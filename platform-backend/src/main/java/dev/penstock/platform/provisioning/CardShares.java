package dev.penstock.platform.provisioning;

import dev.penstock.contract.platform.SliceProfileView.Kind;
import dev.penstock.platform.catalog.CardShare;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.cluster.NodeSeen;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many shares a node has whose GPUs HAMi hands out. All of one node are equal, so what its cards hold is a sum of whole numbers, and stays so whichever card
 * HAMi puts one on: no sum over cards promises what no card has. Pure.
 */
final class CardShares {

    private CardShares() {}

    /** What the node offers, with shares instead of HAMi's count of places, which says nothing of memory. */
    static Map<String, Integer> on(NodeSeen node, List<SliceProfile> profiles) {
        if (!node.sharing().equals("hami")) {
            return node.allocatable();
        }
        Map<String, Integer> offered = new TreeMap<>(node.allocatable());
        Integer places = offered.remove(CardShare.GPUS);
        profiles.stream()
                .filter(profile -> profile.kind() == Kind.HAMI && profile.nodeProduct().equals(node.product()) && profile.replicas() == node.replicas())
                .forEach(profile -> offered.put(profile.resource(), Math.min(places == null ? 0 : places, held(node, profile))));
        return offered;
    }

    private static int held(NodeSeen node, SliceProfile profile) {
        CardShare share = CardShare.named(profile.resource()).orElseThrow();
        // Memory that HAMi scales up beyond what the card has is still divided among as many as approved.
        return node.cards().stream().mapToInt(card -> Math.min(profile.replicas(), card.holds(share.memoryMib(), share.cores()))).sum();
    }
}
