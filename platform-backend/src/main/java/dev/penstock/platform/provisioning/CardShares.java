package dev.penstock.platform.provisioning;

import dev.penstock.contract.platform.SliceProfileView.Kind;
import dev.penstock.platform.catalog.CardShare;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.cluster.CardSeen;
import dev.penstock.platform.cluster.CardUse;
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

    /**
     * What the node offers, with shares instead of HAMi's count of places, which says nothing of memory.
     *
     * @param use what pods have of its cards
     * @param installation ours, whose pods with a share of the node's size are counted as in use, not as missing
     */
    static Map<String, Integer> on(NodeSeen node, List<CardUse> use, String installation, List<SliceProfile> profiles) {
        if (!node.sharing().equals("hami")) {
            return node.allocatable();
        }
        Map<String, Integer> offered = new TreeMap<>(node.allocatable());
        Integer places = offered.remove(CardShare.GPUS);
        profiles.stream()
                .filter(profile -> profile.kind() == Kind.HAMI && profile.nodeProduct().equals(node.product()) && profile.replicas() == node.replicas())
                .forEach(profile -> offered.put(profile.resource(), held(node, places == null ? 0 : places, others(use, installation, profile), profile)));
        return offered;
    }

    /** What is not ours, and of ours what is of another size, as the node was labelled before. */
    private static List<CardUse> others(List<CardUse> use, String installation, SliceProfile profile) {
        CardShare share = share(profile);
        return use.stream().filter(each -> !installation.equals(each.installation()) || each.memoryMib() != share.memoryMib() || each.cores() != share.cores()).toList();
    }

    private static int held(NodeSeen node, int places, List<CardUse> others, SliceProfile profile) {
        if (others.stream().anyMatch(each -> each.card().isEmpty())) {
            // It has something, and nobody knows of which card.
            return 0;
        }
        int onCards = node.cards().stream().mapToInt(card -> beside(card, others, profile)).sum();
        return Math.clamp(places - others.size(), 0, onCards);
    }

    private static int beside(CardSeen card, List<CardUse> others, SliceProfile profile) {
        CardShare share = share(profile);
        List<CardUse> here = others.stream().filter(each -> each.card().equals(card.id())).toList();
        // Memory that HAMi scales up beyond the card's is not given out, nor does it make up for what others have: a card has at most what divides into shares like these.
        int most = profile.replicas() * (share.memoryMib() + 1) - 1;
        int memory = Math.min(card.memoryMib(), most) - here.stream().mapToInt(CardUse::memoryMib).sum();
        int cores = card.cores() - here.stream().mapToInt(CardUse::cores).sum();
        CardSeen left = new CardSeen(card.id(), Math.max(0, card.pods() - here.size()), Math.max(0, memory), Math.max(0, cores), card.healthy(), card.mode());
        return Math.min(profile.replicas(), left.holds(share.memoryMib(), share.cores()));
    }

    private static CardShare share(SliceProfile profile) {
        return CardShare.named(profile.resource()).orElseThrow();
    }
}
