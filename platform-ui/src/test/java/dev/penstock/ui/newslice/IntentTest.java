package dev.penstock.ui.newslice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.SliceProfileView.Kind;
import dev.penstock.contract.platform.SliceProfileView;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntentTest {

    private static final List<SliceProfileView> PROFILES = List.of(
            profile("small", Kind.MIG, 120, 9_856, 0),
            profile("medium", Kind.MIG, 240, 19_968, 2),
            profile("large", Kind.MIG, 420, 40_448, 1),
            profile("card", Kind.WHOLE, 840, 81_559, 0));

    private static SliceProfileView profile(String id, Kind kind, int parts, long memory, int free) {
        return new SliceProfileView(id, id, "device", kind, "nvidia.com/" + id, parts, 1, 1, memory, "cut", 4, free, 0);
    }

    @ParameterizedTest(name = "{0}, {1} GB: {2}")
    @CsvSource({
        "SMALL,  0,  medium", // the smallest is taken
        "MEMORY, 8,  medium", // a free one before a smaller one that is taken
        "MEMORY, 20, medium", // a “20 GB” part has a little less
        "MEMORY, 30, large",
        "MEMORY, 60, card", // taken, but the only one: it waits
        "WHOLE,  0,  card"
    })
    void anIntentPicksTheSmallestThatFitsFreeOnesFirst(Intent intent, int memory, String picked) {
        assertThat(intent.pick(PROFILES, memory)).extracting(SliceProfileView::id).isEqualTo(picked);
    }

    @ParameterizedTest
    @CsvSource({"MEMORY, 200"})
    void nothingIsPickedWhereNothingFits(Intent intent, int memory) {
        assertThat(intent.pick(PROFILES, memory)).isNull();
    }
}
