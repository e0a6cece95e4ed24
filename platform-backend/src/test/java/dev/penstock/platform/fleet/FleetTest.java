package dev.penstock.platform.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.SliceProfileView.Kind;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.slice.Offered;
import dev.penstock.platform.slice.PartKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

/** What the nodes offer, and when one counts as lost. */
class FleetTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PartKind SEVENTH = new PartKind("H100", Kind.MIG, "nvidia.com/mig-1g.10gb", 1);

    private final ApplicationContext program = RunningPlatform.shared().context();
    /** One of its own: what the program itself knows of nodes would make its slices come up. */
    private final Fleet fleet = new Fleet(program.getBean(JobTransactions.class), program.getBean(Changes.class));

    @Test
    void onlyReadyNodesThatTakePodsOfThatProductOffer() {
        fleet.observed(List.of(
                node("ready", "H100", true, true, 7),
                node("not-ready", "H100", false, true, 7),
                node("closed", "H100", true, false, 7),
                node("another-device", "A100", true, true, 7),
                node("also-ready", "H100", true, true, 2)));
        assertThat(fleet.offered(SEVENTH)).hasValue(new Offered(SEVENTH, Map.of("ready", 7, "also-ready", 2)));
        assertThat(offered(new PartKind("A100", Kind.MIG, SEVENTH.resource(), 1))).as("the same name on another device").isEqualTo(Map.of("another-device", 7));
        assertThat(offered(new PartKind("H100", Kind.WHOLE, "nvidia.com/gpu", 1))).isEmpty();
    }

    @Test
    void aNodeIsLostWhenItIsGoneOrWasNotReadyForLong() {
        fleet.observed(List.of(node("ready", "H100", true, true, 7), node("silent", "H100", false, true, 7)));
        assertThat(fleet.lost("ready", NOON.plus(PATIENCE), PATIENCE)).isFalse();
        assertThat(fleet.lost("silent", NOON.plus(PATIENCE).minusMillis(1), PATIENCE)).isFalse();
        assertThat(fleet.lost("silent", NOON.plus(PATIENCE), PATIENCE)).isTrue();
        assertThat(fleet.lost("never-seen", NOON, PATIENCE)).isTrue();
    }

    /** With one cluster there are no others that answer: it is asked whatever was seen. */
    @Test
    void aClusterIsSilentWhenOthersAnsweredAndItDidNot() {
        assertThat(fleet.isSilent("")).as("nobody looked yet").isFalse();
        fleet.observed(List.of(), null, Set.of("", "east"));
        assertThat(fleet.isSilent("")).isFalse();
        assertThat(fleet.isSilent("east")).isFalse();
        fleet.observed(List.of(), null, Set.of(""));
        assertThat(fleet.isSilent("")).isFalse();
        assertThat(fleet.isSilent("east")).isTrue();
        fleet.observed(List.of(), null, Set.of("east"));
        assertThat(fleet.isSilent("")).as("the first is one as any other").isTrue();
        assertThat(fleet.isSilent("east")).isFalse();
    }

    @Test
    void lookingAgainChangesNothingForAnybody() {
        GpuNode node = node("ready", "H100", true, true, 7);
        GpuNode later = new GpuNode(
                node.name(), node.product(), node.ready(), node.since(), node.schedulable(), node.simulated(), node.gpus(), node.sharing(), node.replicas(),
                node.allocatable(), node.inUse(), NOON.plusSeconds(10));
        assertThat(node.sameAs(later)).isTrue();
        assertThat(node.sameAs(node("ready", "H100", true, true, 6))).isFalse();
    }

    /** One product, four ways of giving its GPUs away. */
    @Test
    void theSameGpusSharedAndNotAreDifferentParts() {
        fleet.observed(List.of(shared("alone", "none", 1, "nvidia.com/gpu", 4), shared("turns", "time-slicing", 4, "nvidia.com/gpu.shared", 16),
                shared("many-turns", "time-slicing", 8, "nvidia.com/gpu.shared", 32), shared("limits", "mps", 4, "nvidia.com/gpu.shared", 12),
                shared("not-renamed", "time-slicing", 4, "nvidia.com/gpu", 16), shared("of-hami", "hami", 1, "nvidia.com/gpu", 40)));
        assertThat(offered(new PartKind("H100", Kind.WHOLE, "nvidia.com/gpu", 1))).isEqualTo(Map.of("alone", 4));
        assertThat(offered(new PartKind("H100", Kind.TIME_SLICED, "nvidia.com/gpu.shared", 4))).isEqualTo(Map.of("turns", 16));
        assertThat(offered(new PartKind("H100", Kind.TIME_SLICED, "nvidia.com/gpu.shared", 8))).isEqualTo(Map.of("many-turns", 32));
        assertThat(offered(new PartKind("H100", Kind.MPS, "nvidia.com/gpu.shared", 4))).isEqualTo(Map.of("limits", 12));
    }

    private Map<String, Integer> offered(PartKind kind) {
        return fleet.offered(kind).orElseThrow().byNode();
    }

    private static GpuNode shared(String name, String strategy, int replicas, String resource, int count) {
        return new GpuNode(name, "H100", true, NOON, true, true, 4, strategy, replicas, Map.of(resource, count), Map.of(), NOON);
    }

    private static GpuNode node(String name, String product, boolean ready, boolean schedulable, int sevenths) {
        return new GpuNode(name, product, ready, NOON, schedulable, true, 1, "none", 1, Map.of(SEVENTH.resource(), sevenths), Map.of(), NOON);
    }
}
