package dev.penstock.platform.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.platform.FeatureView;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators read of Kueue, and what it hands out. */
class KueueTest {

    private static final Kueue.State THERE = new Kueue.State("v1beta2", null, null);

    private final Kueue unused = new Kueue(new KueueSettings("", List.of()));
    private final Kueue all = new Kueue(new KueueSettings("gpus", List.of()));
    private final Kueue some = new Kueue(new KueueSettings("gpus", List.of("nvidia.com/gpu", "nvidia.com/mig-1g.10gb")));

    @Test
    void itHandsOutWhatItIsGivenAndNothingThatIsClaimed() {
        assertThat(unused.handsOut("nvidia.com/gpu")).isFalse();
        assertThat(all.handsOut("nvidia.com/gpu")).isTrue();
        assertThat(all.handsOut("mig.nvidia.com[device.driver == 'gpu.nvidia.com']")).isFalse();
        assertThat(all.handsOut("nvidia.com/gpu(gpumem=20389,gpucores=25)")).isFalse();
        assertThat(some.handsOut("nvidia.com/mig-1g.10gb")).isTrue();
        assertThat(some.handsOut("nvidia.com/mig-2g.20gb")).isFalse();
    }

    @Test
    void whereItIsNotUsedItIsNotedWhetherItIsThere() {
        assertThat(unused.feature()).isEqualTo(new FeatureView("Kueue", false, "Not needed: Penstock's own queue hands parts out."));
        unused.seen(THERE);
        assertThat(unused.feature()).isEqualTo(new FeatureView("Kueue", false,
                "It is installed and not used: Penstock's own queue hands parts out. Name a ClusterQueue by penstock.kueue.cluster-queue to have it decide."));
    }

    @Test
    void whereItIsUsedItSaysWhatForAndWhatIsMissing() {
        assertThat(all.obstacle()).isEqualTo("The cluster has not answered yet.");
        all.seen(new Kueue.State("v1beta2", "There is no ClusterQueue gpus.", null));
        assertThat(all.obstacle()).isEqualTo("It is for Kueue to hand this out, by ClusterQueue gpus. There is no ClusterQueue gpus.");
        assertThat(all.feature().present()).isFalse();
        all.seen(THERE);
        assertThat(all.obstacle()).isNull();
        assertThat(all.version()).isEqualTo("v1beta2");
        assertThat(all.feature()).isEqualTo(new FeatureView("Kueue", true, "Its ClusterQueue gpus hands out all that nodes count."));
        some.seen(new Kueue.State("v1beta1", null, "places in the queue are not told: its visibility API is missing"));
        assertThat(some.feature()).isEqualTo(new FeatureView("Kueue", true,
                "Its ClusterQueue gpus hands out nvidia.com/gpu, nvidia.com/mig-1g.10gb; places in the queue are not told: its visibility API is missing."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GPUs", "-gpus", "gpus.of.all", "0123456789012345678901234567890123456789012345678901234567890123"})
    void aQueueHasANameThatALabelCanHave(String name) {
        assertThatThrownBy(() -> new KueueSettings(name, List.of())).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("penstock.kueue.cluster-queue");
    }

    @Test
    void resourcesWithoutAQueueAreAMistake() {
        assertThatThrownBy(() -> new KueueSettings("", List.of("nvidia.com/gpu"))).isInstanceOf(IllegalArgumentException.class);
    }
}
