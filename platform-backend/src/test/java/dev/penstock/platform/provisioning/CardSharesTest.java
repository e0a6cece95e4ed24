package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.SliceProfileView.Kind;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.cluster.CardSeen;
import dev.penstock.platform.cluster.CardUse;
import dev.penstock.platform.cluster.NodeSeen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a node is counted to hold whose GPUs HAMi hands out. */
class CardSharesTest {

    private static final List<SliceProfile> PROFILES = Stream.of(2, 4, 8).map(CardSharesTest::among).toList();
    private static final String QUARTER = "nvidia.com/gpu(gpumem=20389,gpucores=25)";

    private static SliceProfile among(int replicas) {
        int memory = 81_559 / replicas;
        return new SliceProfile(
                "h100-80.hami-" + replicas, "HAMi 1/" + replicas, "H100", "H100", Kind.HAMI, "nvidia.com/gpu(gpumem=" + memory + ",gpucores=" + 100 / replicas + ")", 1, replicas,
                840 / replicas, 7, 8, memory, "", List.of(0), 1);
    }

    @Test
    void aNodeHoldsSharesOfItsOneSizeAndNoWholeGpus() {
        assertThat(on(4, 20, card(10, 81_559, 100), card(10, 81_559, 100))).isEqualTo(Map.of(QUARTER, 8));
    }

    /** Each of them alone would still hold all four. */
    @Test
    void whatIsLeastOfMemoryCoresAndPlacesDecides() {
        assertThat(on(4, 10, card(10, 20_389 * 3, 100))).isEqualTo(Map.of(QUARTER, 3));
        assertThat(on(4, 10, card(10, 81_559, 74))).isEqualTo(Map.of(QUARTER, 2));
        assertThat(on(4, 10, card(1, 81_559, 100))).isEqualTo(Map.of(QUARTER, 1));
        assertThat(on(4, 1, card(10, 81_559, 100))).as("the kubelet's own count").isEqualTo(Map.of(QUARTER, 1));
    }

    /** Half a share on each of two cards is none. */
    @Test
    void whatIsLeftOverOnCardsIsNotAddedUp() {
        assertThat(on(4, 20, card(10, 20_389 * 3 / 2, 100), card(10, 20_389 * 3 / 2, 100))).isEqualTo(Map.of(QUARTER, 2));
    }

    @Test
    void memoryThatIsScaledUpIsNotPromised() {
        assertThat(on(4, 10, card(10, 163_118, 100))).isEqualTo(Map.of(QUARTER, 4));
    }

    @Test
    void nothingIsOfferedOnCardsThatAreIllOrThatHamiCuts() {
        assertThat(on(4, 10, new CardSeen("a", 10, 81_559, 100, false, "hami-core"), new CardSeen("b", 10, 81_559, 100, true, "mig"))).isEqualTo(Map.of(QUARTER, 0));
    }

    @Test
    void nothingIsOfferedWithoutTheLabel() {
        assertThat(on(1, 10, card(10, 81_559, 100))).isEmpty();
    }

    /** One has a third of the one card's memory, another half of the other's computing. */
    @Test
    void whatOthersHaveOfACardIsNotOffered() {
        assertThat(beside(new CardUse(null, "a", 27_186, 10), new CardUse("another", "b", 100, 50))).isEqualTo(Map.of(QUARTER, 2 + 2));
        assertThat(beside(new CardUse(null, "gone", 27_186, 10))).as("a card that is not there").isEqualTo(Map.of(QUARTER, 8));
        assertThat(beside(new CardUse(null, "a", 90_000, 100))).as("more than all").isEqualTo(Map.of(QUARTER, 4));
        assertThat(beside(new CardUse(null, "", 0, 0))).as("nobody knows which card's").isEqualTo(Map.of(QUARTER, 0));
    }

    /** As in use: who holds them says how much is free. */
    @Test
    void ourOwnOfTheNodesSizeAreOfferedAndThoseOfOtherSizesAreNot() {
        assertThat(beside(new CardUse("ours", "a", 20_389, 25), new CardUse("ours", "a", 20_389, 25))).isEqualTo(Map.of(QUARTER, 8));
        assertThat(beside(new CardUse("ours", "a", 40_779, 50))).as("a half from before the node was labelled anew").isEqualTo(Map.of(QUARTER, 6));
        assertThat(beside(new CardUse("another", "a", 20_389, 25))).as("of another installation").isEqualTo(Map.of(QUARTER, 7));
    }

    @Test
    void placesThatOthersHaveAreNotOffered() {
        CardUse tiny = new CardUse(null, "a", 0, 0);
        assertThat(CardShares.on(node(4, 20, card("a", 3, 81_559, 100)), List.of(tiny, tiny), "ours", PROFILES)).isEqualTo(Map.of(QUARTER, 1));
        assertThat(CardShares.on(node(4, 4, card("a", 10, 81_559, 100)), List.of(tiny), "ours", PROFILES)).as("the kubelet's own count").isEqualTo(Map.of(QUARTER, 3));
    }

    @Test
    void memoryThatIsScaledUpDoesNotMakeUpForWhatOthersHave() {
        assertThat(CardShares.on(node(4, 20, card("a", 10, 163_118, 100)), List.of(new CardUse(null, "a", 20_389, 0)), "ours", PROFILES)).isEqualTo(Map.of(QUARTER, 3));
    }

    private static Map<String, Integer> beside(CardUse... use) {
        return CardShares.on(node(4, 20, card("a", 10, 81_559, 100), card("b", 10, 81_559, 100)), List.of(use), "ours", PROFILES);
    }

    /** Whichever card HAMi picks, as long as one holds the share: what was counted can be placed, and not one more. */
    @Test
    void whatIsCountedCanBePlacedOneByOneOnCards() {
        Random random = new Random(33);
        for (int round = 0; round < 2_000; round++) {
            int replicas = 2 << random.nextInt(3);
            SliceProfile profile = among(replicas);
            List<CardSeen> cards = IntStream.range(0, 1 + random.nextInt(4))
                    .mapToObj(card -> card(random.nextInt(11), random.nextInt(81_560), random.nextInt(101))).toList();
            int counted = on(replicas, 1_000, cards.toArray(CardSeen[]::new)).getOrDefault(profile.resource(), 0);
            List<CardSeen> left = new ArrayList<>(cards);
            int placed = 0;
            while (place(left, Math.toIntExact(profile.memoryMib()), 100 / replicas, random)) {
                placed++;
            }
            assertThat(counted).as("%s among %s", cards, replicas).isEqualTo(placed);
        }
    }

    private static boolean place(List<CardSeen> cards, int memory, int cores, Random random) {
        Optional<CardSeen> card = cards.stream().filter(one -> one.pods() > 0 && one.memoryMib() >= memory && one.cores() >= cores)
                .map(one -> Map.entry(random.nextInt(), one)).min(Comparator.comparing(Map.Entry::getKey)).map(Map.Entry::getValue);
        card.ifPresent(one -> {
            cards.remove(one);
            cards.add(card(one.pods() - 1, one.memoryMib() - memory, one.cores() - cores));
        });
        return card.isPresent();
    }

    private static CardSeen card(int pods, int memory, int cores) {
        return card("GPU", pods, memory, cores);
    }

    private static CardSeen card(String id, int pods, int memory, int cores) {
        return new CardSeen(id, pods, memory, cores, true, "hami-core");
    }

    private static Map<String, Integer> on(int shares, int places, CardSeen... cards) {
        return CardShares.on(node(shares, places, cards), List.of(), "ours", PROFILES);
    }

    private static NodeSeen node(int shares, int places, CardSeen... cards) {
        return new NodeSeen(
                "n", "H100", true, Instant.EPOCH, true, false, cards.length, "hami", shares, Map.of("nvidia.com/gpu", places), "1", null, null, null, List.of(cards));
    }
}
