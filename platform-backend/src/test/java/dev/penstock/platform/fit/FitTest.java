package dev.penstock.platform.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.ModelTask;
import dev.penstock.contract.platform.SliceProfileView.Kind;
import dev.penstock.platform.catalog.Model;
import dev.penstock.platform.catalog.Model.KvCache;
import dev.penstock.platform.catalog.SliceProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Does it fit? Numbers worked out by hand beside the formula: parameters × bits ÷ 8, memory × 0.9, 2 × layers × heads × dimension × bytes. */
class FitTest {

    private static final KvCache QWEN_7B = new KvCache(28, 4, 128, 2);

    @ParameterizedTest(name = "{0} million parameters at {1} bits/100 → {2} bytes")
    @CsvSource({
        "7620, 1600, 15240000000", // 7.62 B × 2 bytes
        "7620,  425,  4048125000", // 7.62 B × 4.25 bits
        "405900, 1600, 811800000000",
        "405900,  425, 215634375000",
    })
    void weightsAreParametersTimesBits(long millions, int centibits, long bytes) {
        assertThat(Fit.weightBytes(model(millions, centibits, null, 8192))).isEqualTo(bytes);
    }

    @ParameterizedTest(name = "{0} MiB: {1} bytes for context, {2} tokens, {3} whole sequences")
    @CsvSource({
        //  MiB    usable − 15.24 GB − 2 GB       ÷ 57,344   ÷ 57,344 × 32,768
        "  9856,  -7938711500,                     0,         0",
        " 19968,   1604168950,                     27974,     0",
        " 40448,  20931521800,                     32768,     11",
        " 81024,  59223839620,                     32768,     31",
    })
    void sevenBillionParametersInBf16(long mib, long free, long context, int sequences) {
        Fit fit = Fit.of(model(7620, 1600, QWEN_7B, 32_768), profile(mib));
        assertThat(fit.freeForContext()).isEqualTo(free);
        assertThat(fit.longestContext()).isEqualTo(context);
        assertThat(fit.sequencesOf(32_768)).isEqualTo(sequences);
        assertThat(fit.fits()).isEqualTo(context > 0);
    }

    @Test
    void whatKeepsNothingOfTheContextServesAllOfIt() {
        Fit fit = Fit.of(model(570, 1600, null, 8192), profile(9856));
        assertThat(fit.longestContext()).isEqualTo(8192);
        assertThat(fit.sequencesOf(8192)).isEqualTo(Fit.MOST_SEQUENCES);
        assertThat(fit.sequencesOf(8193)).as("longer than the model's own").isZero();
    }

    @Test
    void theWorkIsShown() {
        assertThat(FitInWords.sentence(Fit.of(model(7620, 1600, QWEN_7B, 32_768), profile(19_968)))).isEqualTo(
                "15.3 GB of weights and 2.0 GB of overhead in 18.8 GB: 1.6 GB are left for context, 27,974 tokens at 57,344 bytes each; fewer than the model's 32,768.");
        assertThat(FitInWords.sentence(Fit.of(model(7620, 1600, QWEN_7B, 32_768), profile(9856)))).isEqualTo(
                "15.3 GB of weights and 2.0 GB of overhead in 9.3 GB: 8.0 GB are missing.");
        assertThat(FitInWords.sentence(Fit.of(model(7620, 1600, QWEN_7B, 32_768), profile(81_024)))).contains("31 sequences of the model's 32,768 at once.");
        assertThat(FitInWords.sentence(Fit.of(model(570, 1600, null, 8192), profile(9856)))).contains("keeps nothing of the context");
    }

    /** A table on the web says otherwise. */
    @ParameterizedTest(name = "405 B at {0} bits/100 on one card of 80 GB × {1}")
    @CsvSource({"1600, 8", "425, 2"})
    void theLargestDoesNotFitWhereThePopularTableSaysItDoes(int centibits, int cards) {
        Fit fit = Fit.of(model(405_900, centibits, new KvCache(126, 8, 128, 2), 131_072), profile(81_559L * cards));
        assertThat(fit.fits()).isFalse();
    }

    private static Model model(long millions, int centibits, @Nullable KvCache cache, long context) {
        long parameters = millions * 1_000_000;
        return new Model(
                "m", "M", "P", "s", List.of(ModelTask.CHAT), parameters, parameters, centibits, "x", cache, context, context, 1, "vllm", List.of(), "w", "l",
                true, false, "s");
    }

    private static SliceProfile profile(long mib) {
        return new SliceProfile("p", "p", "d", "n", Kind.MIG, "nvidia.com/x", 1, 1, 120, 1, 1, mib, "", List.of(0), 1);
    }
}
