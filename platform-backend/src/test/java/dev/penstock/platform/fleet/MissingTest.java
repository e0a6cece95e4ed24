package dev.penstock.platform.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.SliceProfileView.Kind;
import dev.penstock.platform.catalog.SliceProfile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Why there is none, of shares by HAMi: whoever labelled the node is not told to label it. */
class MissingTest {

    private static final String QUARTER = "nvidia.com/gpu(gpumem=20389,gpucores=25)";
    private static final SliceProfile PROFILE =
            new SliceProfile("h100-80.hami-4", "HAMi 1/4", "H100", "H100", Kind.HAMI, QUARTER, 1, 4, 210, 7, 8, 20_389, "", List.of(0), 1);

    @Test
    void aNodeThatIsNotLabelledIsToBeLabelled() {
        assertThat(Missing.of(PROFILE, List.of(node(1, Map.of("nvidia.com/gpu", 10)), node(2, Map.of()))))
                .isEqualTo("No node of this device has its GPUs divided by HAMi among 4 (label penstock.dev/hami-shares).");
    }

    @Test
    void onOneThatIsLabelledItIsTheCards() {
        assertThat(Missing.of(PROFILE, List.of(node(4, Map.of(QUARTER, 0)))))
                .isEqualTo("No GPU that HAMi divides among 4 holds a share: others have of it, it is ill, or it is too small or cut.");
    }

    private static GpuNode node(int shares, Map<String, Integer> allocatable) {
        return new GpuNode("n", "H100", true, Instant.EPOCH, true, false, 1, "hami", shares, allocatable, Map.of(), Instant.EPOCH);
    }
}
