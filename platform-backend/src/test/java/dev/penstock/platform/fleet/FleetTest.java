package dev.penstock.platform.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.slice.PartKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

/** What the nodes offer, and when one counts as lost. */
class FleetTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PartKind SEVENTH = new PartKind("H100", "nvidia.com/mig-1g.10gb");

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
        assertThat(fleet.offered(SEVENTH)).hasValue(9);
        assertThat(fleet.offered(new PartKind("A100", SEVENTH.resource()))).as("the same name on another device").hasValue(7);
        assertThat(fleet.offered(new PartKind("H100", "nvidia.com/gpu"))).hasValue(0);
    }

    @Test
    void aNodeIsLostWhenItIsGoneOrWasNotReadyForLong() {
        fleet.observed(List.of(node("ready", "H100", true, true, 7), node("silent", "H100", false, true, 7)));
        assertThat(fleet.lost("ready", NOON.plus(PATIENCE), PATIENCE)).isFalse();
        assertThat(fleet.lost("silent", NOON.plus(PATIENCE).minusMillis(1), PATIENCE)).isFalse();
        assertThat(fleet.lost("silent", NOON.plus(PATIENCE), PATIENCE)).isTrue();
        assertThat(fleet.lost("never-seen", NOON, PATIENCE)).isTrue();
    }

    @Test
    void lookingAgainChangesNothingForAnybody() {
        GpuNode node = node("ready", "H100", true, true, 7);
        GpuNode later = new GpuNode(
                node.name(), node.product(), node.ready(), node.since(), node.schedulable(), node.simulated(), node.gpus(), node.allocatable(), node.inUse(), NOON.plusSeconds(10));
        assertThat(node.sameAs(later)).isTrue();
        assertThat(node.sameAs(node("ready", "H100", true, true, 6))).isFalse();
    }

    private static GpuNode node(String name, String product, boolean ready, boolean schedulable, int sevenths) {
        return new GpuNode(name, product, ready, NOON, schedulable, true, 1, Map.of(SEVENTH.resource(), sevenths), Map.of(), NOON);
    }
}
