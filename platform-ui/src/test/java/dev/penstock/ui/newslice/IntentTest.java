package dev.penstock.ui.newslice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.platform.SliceProfileView.Kind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntentTest {

    private static final List<SliceProfileView> PROFILES = List.of(
            profile("turns", Kind.TIME_SLICED, 105, 20_389, 4, 1),
            profile("small", Kind.MIG, 120, 9_856, 4, 0),
            profile("limits", Kind.MPS, 210, 40_000, 0, 0),
            profile("medium", Kind.MIG, 240, 19_968, 4, 2),
            profile("large", Kind.MIG, 420, 40_448, 4, 1),
            profile("card", Kind.WHOLE, 840, 81_559, 4, 0),
            profile("two-cards", Kind.WHOLE, 1680, 163_118, 2, 1));

    private static SliceProfileView profile(String id, Kind kind, int parts, long memory, int total, int free) {
        return new SliceProfileView(
                id, id, "device", kind, "nvidia.com/" + id, 1, kind.shares() ? 4 : 1, parts, 1, 1, memory, "cut", total, free, 0, total == 0 ? "No node." : null, null);
    }

    @ParameterizedTest(name = "{0}, {1} GB: {2}")
    @CsvSource({
        "OWN_MEMORY, 8,   medium", // a free one before a cheaper one that is taken
        "OWN_MEMORY, 20,  medium", // a “20 GB” part has a little less; never one that is shared
        "OWN_MEMORY, 30,  large",
        "OWN_MEMORY, 60,  two-cards", // the card is taken
        "ALONE,      8,   two-cards",
        "TEAM,       8,   turns",
        "TEAM,       20,  turns",
        "TEAM,       21,  large", // more than a share of a card
        "TEAM,       38,  large", // what no node offers is not proposed
        "KNOWN,      500, turns"
    })
    void anIntentPicksTheCheapestThatFitsFreeOnesFirst(Intent intent, int memory, String picked) {
        assertThat(intent.pick(PROFILES, memory)).extracting(SliceProfileView::id).isEqualTo(picked);
    }

    /** A whole one by its share of the card: 840 parts of each. */
    @ParameterizedTest
    @CsvSource({"120, 1, false", "420, 1, false", "840, 1, true", "1680, 2, true"})
    void whatIsClaimedIsAloneIfItIsWhole(int parts, int amount, boolean alone) {
        SliceProfileView claimed = new SliceProfileView(
                "claimed", "claimed", "device", Kind.DRA, "gpu.nvidia.com[true]", amount, 1, parts, 1, 1, 163_118, "cut", 1, 1, 0, null, null);
        assertThat(Intent.ALONE.accepts(claimed, 8)).isEqualTo(alone);
        assertThat(Intent.OWN_MEMORY.accepts(claimed, 8)).isTrue();
    }

    /** Memory that a library keeps is not isolated, however much of it there is. */
    @ParameterizedTest
    @CsvSource({"OWN_MEMORY, false", "ALONE, false", "TEAM, true", "KNOWN, true"})
    void aShareByHamiIsForOnesOwnTeam(Intent intent, boolean accepted) {
        assertThat(intent.accepts(profile("hami", Kind.HAMI, 420, 40_779, 2, 2), 8)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"OWN_MEMORY, 200", "ALONE, 200", "TEAM, 200"})
    void nothingIsPickedWhereNothingFits(Intent intent, int memory) {
        assertThat(intent.pick(PROFILES, memory)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"OWN_MEMORY, card", "ALONE, card"})
    void whatIsTakenIsPickedWhereNothingElseFits(Intent intent, String picked) {
        List<SliceProfileView> taken = PROFILES.stream().filter(profile -> !profile.id().equals("two-cards")).toList();
        assertThat(intent.pick(taken, 60)).extracting(SliceProfileView::id).isEqualTo(picked);
    }
}
