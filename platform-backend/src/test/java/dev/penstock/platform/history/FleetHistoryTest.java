package dev.penstock.platform.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.contract.platform.FleetChanges;
import dev.penstock.contract.platform.FleetChanges.Change;
import dev.penstock.contract.platform.FleetChanges.Difference;
import dev.penstock.contract.platform.FleetChanges.Gap;
import dev.penstock.contract.platform.FleetChanges.Kind;
import dev.penstock.contract.platform.FleetPast;
import dev.penstock.contract.platform.GpuView;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.platform.catalog.DeviceChoice;
import dev.penstock.platform.fleet.ClaimableDevice;
import dev.penstock.platform.fleet.GpuNode;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.RunningPlatform;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** What is remembered of looks at the nodes, by replicas that start, stop and look side by side; and what is then told. */
class FleetHistoryTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final String H100 = "NVIDIA-H100-80GB-HBM3";
    private static final String SEVENTH = "nvidia.com/mig-1g.10gb";
    private static final String HALF = "nvidia.com/mig-3g.40gb";
    private static final HistorySettings SETTINGS = new HistorySettings(Duration.ofMinutes(2), Duration.ofDays(30), Duration.ofHours(1));

    private final RunningPlatform platform = RunningPlatform.shared();
    private final ApplicationContext program = platform.context();
    private final JsonMapper json = program.getBean(JsonMapper.class);
    private FleetHistory history = replica(NOON);

    /** The platform that tests share has no cluster: it writes nothing itself. */
    @BeforeEach
    void nothingWasSeen() {
        platform.sql("delete from platform.fleet_node");
        platform.sql("delete from platform.fleet_watched");
    }

    @Test
    void onlyWhatChangesIsWritten() throws SQLException {
        look(0, node("a", 7), node("b", 7));
        look(10, node("a", 7), node("b", 7));
        look(20, node("a", 7), node("b", 7));
        assertThat(rows()).isEqualTo(2);
        look(30, node("a", 6), node("b", 7));
        look(60, node("a", 6), node("b", 7));
        assertThat(rows()).isEqualTo(3);
        assertThat(stretches()).isEqualTo(1);

        assertThat(at(29).nodes()).extracting(FleetPast.Node::name, node -> node.offered().get(SEVENTH)).containsExactly(tuple("a", 7), tuple("b", 7));
        FleetPast.Node changed = at(30).nodes().getFirst();
        assertThat(changed.offered()).isEqualTo(Map.of(SEVENTH, 6));
        assertThat(changed.from()).isEqualTo(NOON.plusSeconds(30));
        assertThat(changed.until()).isNull();
        assertThat(at(29).nodes().getFirst().until()).isEqualTo(NOON.plusSeconds(30));
    }

    /** One of two clusters did not answer, also not to a replica that has just begun: nothing is concluded of its nodes. What it then says is taken up. */
    @Test
    void whoDoesNotAnswerIsNotTakenForGone() throws SQLException {
        look(0, node("a", 7), node("east:b", 7));
        history.observed(List.of(node("a", 6), node("east:b", 0)), Set.of("east"), NOON.plusSeconds(10));
        history = replica(NOON);
        history.observed(List.of(node("a", 6)), Set.of("east"), NOON.plusSeconds(100));
        assertThat(at(100).nodes()).extracting(FleetPast.Node::name, node -> node.offered().get(SEVENTH)).containsExactly(tuple("a", 6), tuple("east:b", 7));
        assertThat(rows()).isEqualTo(3);
        look(110, node("a", 6));
        assertThat(at(110).nodes()).extracting(FleetPast.Node::name).containsExactly("a");
    }

    /** Who uses what, and when the cluster said so, is no change of the fleet. */
    @Test
    void useIsNotRemembered() throws SQLException {
        look(0, node("a", 7));
        GpuNode node = node("a", 7);
        history.observed(List.of(new GpuNode(
                "a", H100, true, NOON.plusSeconds(5), true, true, 1, "none", 1, node.allocatable(), Map.of(SEVENTH, 3), NOON.plusSeconds(5))), Set.of(), NOON.plusSeconds(20));
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void aNodeIsDrawnAsItWasCut() {
        look(0, new GpuNode("a", H100, true, NOON, false, true, 2, "none", 1, Map.of(HALF, 2, SEVENTH, 7, "cpu.example/x", 1), Map.of(), NOON));
        look(10);

        FleetPast.Node node = at(5).nodes().getFirst();
        assertThat(node.device()).isEqualTo("NVIDIA H100 80 GB");
        assertThat(node.schedulable()).isFalse();
        assertThat(node.gpus()).extracting(gpu -> gpu.partitions().stream().map(GpuView.Partition::name).toList())
                .containsExactly(List.of("3g.40gb", "3g.40gb"), List.of("1g.10gb", "1g.10gb", "1g.10gb", "1g.10gb", "1g.10gb", "1g.10gb", "1g.10gb"));
        assertThat(node.gpus().getFirst().partitions()).allMatch(part -> part.holder() == null);
        assertThat(at(10).known()).isTrue();
        assertThat(at(10).nodes()).isEmpty();
    }

    /** Whoever claimed them: that is use. */
    @Test
    void devicesThatADriverListsAreRememberedByWhatTheyAre() throws SQLException {
        String counted = DeviceChoice.resource("gpu.nvidia.com", "device.driver == 'gpu.nvidia.com'");
        look(0, listing(Map.of(counted, 2), new ClaimableDevice("gpu-0", "H100", false, null), new ClaimableDevice("gpu-1", "H100", false, null)));
        look(20, listing(Map.of(counted, 1), new ClaimableDevice("gpu-0", "H100", true, null), new ClaimableDevice("gpu-1", "H100", false, null)));
        assertThat(rows()).isEqualTo(1);
        FleetPast.Node node = at(20).nodes().getFirst();
        assertThat(node.offered()).isEqualTo(Map.of("for claims: H100", 2));
        assertThat(node.gpus()).isEmpty();
    }

    @Test
    void aRestartThatIsShortLeavesNoGapAndNoRows() throws SQLException {
        look(0, node("a", 7));
        history = replica(NOON);
        look(110, node("a", 7));
        assertThat(rows()).isEqualTo(1);
        assertThat(stretches()).isEqualTo(1);
        assertThat(at(60).known()).isTrue();
    }

    @Test
    void whatWasWhileNobodyLookedIsNotTold() throws SQLException {
        look(0, node("a", 7), node("b", 7), node("gone", 7));
        look(10, node("a", 7), node("b", 7), node("gone", 7));
        history = replica(NOON);
        look(600, node("a", 7), node("b", 6), node("fresh", 7));

        FleetPast blind = at(300);
        assertThat(blind).isEqualTo(new FleetPast(NOON.plusSeconds(300), false, NOON.plusSeconds(10), NOON.plusSeconds(600), List.of()));
        assertThat(at(10).nodes()).extracting(FleetPast.Node::name).containsExactly("a", "b", "gone");
        assertThat(at(600).nodes()).extracting(FleetPast.Node::name).containsExactly("a", "b", "fresh");
        assertThat(rows()).as("what is the same after it goes on").isEqualTo(5);
        assertThat(at(-1)).isEqualTo(new FleetPast(NOON.minusSeconds(1), false, null, NOON, List.of()));
        assertThat(at(601)).isEqualTo(new FleetPast(NOON.plusSeconds(601), false, NOON.plusSeconds(600), null, List.of()));

        FleetChanges told = changes(-3600, 3600, null);
        Instant since = NOON.plusSeconds(10);
        assertThat(told.changes()).extracting(Change::node, Change::kind, Change::since)
                .containsExactly(tuple("b", Kind.CHANGED, since), tuple("fresh", Kind.APPEARED, since), tuple("gone", Kind.VANISHED, since));
        assertThat(told.gaps()).containsExactly(new Gap(since, NOON.plusSeconds(600)), new Gap(null, NOON));
    }

    @Test
    void changesAreToldWithWhatDiffers() {
        look(0, node("a", 7), node("b", 7));
        look(10, new GpuNode("a", H100, true, NOON, false, true, 1, "none", 1, Map.of(HALF, 2, SEVENTH, 0), Map.of(), NOON), node("b", 7));
        look(20, node("b", 7), node("c", 7));

        FleetChanges told = changes(0, 3600, null);
        assertThat(told.more()).isFalse();
        assertThat(told.gaps()).isEmpty();
        assertThat(told.changes()).containsExactly(
                new Change(NOON.plusSeconds(20), null, "a", Kind.VANISHED, List.of(
                        new Difference("GPUs", "1", null), new Difference(HALF, "2", null), new Difference("product", H100, null), new Difference("ready", "yes", null),
                        new Difference("takes new pods", "no", null))),
                new Change(NOON.plusSeconds(20), null, "c", Kind.APPEARED, List.of(
                        new Difference("GPUs", null, "1"), new Difference(SEVENTH, null, "7"), new Difference("product", null, H100), new Difference("ready", null, "yes"),
                        new Difference("takes new pods", null, "yes"))),
                new Change(NOON.plusSeconds(10), null, "a", Kind.CHANGED, List.of(
                        new Difference(SEVENTH, "7", null), new Difference(HALF, null, "2"), new Difference("takes new pods", "yes", "no"))));
        assertThat(changes(0, 3600, "c").changes()).extracting(Change::node).containsExactly("c");
        assertThat(changes(11, 20, null).changes()).as("until is not included").isEmpty();
        assertThat(changes(20, 21, null).changes()).as("from is").hasSize(2);
    }

    /** Two replicas see a change at different moments; what the other one has not seen yet is not written back. */
    @Test
    void oneReplicaWritesUntilItFallsSilent() throws SQLException {
        FleetHistory other = replica(NOON);
        look(0, node("a", 7));
        look(10, node("a", 6));
        other.observed(List.of(node("a", 7)), Set.of(), NOON.plusSeconds(11));
        look(20, node("a", 6));
        other.observed(List.of(node("a", 7)), Set.of(), NOON.plusSeconds(49));
        assertThat(rows()).isEqualTo(2);

        other.observed(List.of(node("a", 5)), Set.of(), NOON.plusSeconds(50));
        look(51, node("a", 6));
        other.observed(List.of(node("a", 4)), Set.of(), NOON.plusSeconds(60));
        assertThat(rows()).isEqualTo(4);
        assertThat(stretches()).isEqualTo(1);
        assertThat(at(60).nodes()).extracting(node -> node.offered().get(SEVENTH)).containsExactly(4);
    }

    /** It was keeper, another one wrote, and it is keeper again: what it remembers is not what is stored. */
    @Test
    void whoTakesOverReadsWhatIsStored() throws SQLException {
        FleetHistory other = replica(NOON);
        look(0, node("a", 7));
        other.observed(List.of(node("a", 6)), Set.of(), NOON.plusSeconds(40));
        look(80, node("a", 7));
        assertThat(rows()).isEqualTo(3);
        assertThat(at(80).nodes()).extracting(node -> node.offered().get(SEVENTH)).containsExactly(7);
    }

    @Test
    void whatIsOverForLongIsForgottenAndThenNotKnown() throws SQLException {
        look(0, node("a", 7), node("b", 7));
        look(10, node("a", 6), node("b", 7));
        look(100, node("a", 5), node("b", 7));
        replica(NOON.plusSeconds(50).plus(SETTINGS.keep())).forget();

        assertThat(rows()).isEqualTo(3);
        assertThat(at(49).known()).isFalse();
        assertThat(at(50).nodes()).extracting(node -> node.offered().get(SEVENTH)).containsExactly(6, 7);
        assertThat(changes(-3600, 3600, null).changes()).extracting(Change::node, Change::at).containsExactly(tuple("a", NOON.plusSeconds(100)));
    }

    /** As many rows as nodes to begin with; then one for each change, however often is looked. */
    @Test
    void aLargeFleetWritesLittleAndAListOfChangesHasAnEnd() throws SQLException {
        GpuNode[] fleet = fleet(7);
        look(0, fleet);
        IntStream.rangeClosed(1, 20).forEach(turn -> look(turn * 10, fleet));
        assertThat(rows()).isEqualTo(500);
        look(210, fleet(6));
        fleet[0] = node("n0", 5);
        look(220, fleet);
        assertThat(rows()).isEqualTo(1_500);
        FleetChanges told = changes(0, 3600, null);
        assertThat(told.changes()).hasSize(500).allMatch(change -> change.at().equals(NOON.plusSeconds(220)));
        assertThat(told.more()).isTrue();
    }

    /** What sizing goes by. */
    @Test
    void aRowIsSmallAlsoOfANodeThatIsCutInEveryWay() throws SQLException {
        Map<String, Integer> offered = Map.of(
                SEVENTH, 7, HALF, 2, "nvidia.com/mig-1g.20gb", 1, "nvidia.com/mig-2g.20gb", 1, "nvidia.com/mig-4g.40gb", 1, "nvidia.com/mig-7g.80gb", 1, "nvidia.com/gpu", 3);
        look(0, new GpuNode("gpu-worker-017.cluster.example", H100, true, NOON, true, true, 8, "none", 1, offered, Map.of(), NOON));
        assertThat(count("select max(pg_column_size(n.*)) from platform.fleet_node n")).isLessThan(400);
    }

    @Test
    void whatCannotBeAnsweredIsRefused() {
        assertThat(get("?at=" + Instant.now().plus(Duration.ofHours(1))).code()).isEqualTo("invalid_input");
        assertThat(get("?at=yesterday").code()).isEqualTo("invalid_input");
        assertThat(get("/changes?from=2026-01-02T00:00:00Z&until=2026-01-02T00:00:00Z").code()).isEqualTo("invalid_input");
        assertThat(get("/changes?from=2024-01-02T00:00:00Z&until=2026-01-02T00:00:00Z").code()).isEqualTo("invalid_input");
        assertThat(changes(0, 60, null)).as("nobody ever looked").isEqualTo(new FleetChanges(List.of(), false, List.of(new Gap(null, null))));
        assertThat(at(0)).isEqualTo(new FleetPast(NOON, false, null, null, List.of()));
    }

    private FleetHistory replica(Instant now) {
        return new FleetHistory(
                program.getBean(JobTransactions.class), program.getBean(HistoryTable.class), SETTINGS, Clock.fixed(now, ZoneOffset.UTC), platform::nextId, new SimpleMeterRegistry());
    }

    private void look(int second, GpuNode... nodes) {
        history.observed(List.of(nodes), Set.of(), NOON.plusSeconds(second));
    }

    private static GpuNode[] fleet(int sevenths) {
        return IntStream.range(0, 500).mapToObj(number -> node("n" + number, sevenths)).toArray(GpuNode[]::new);
    }

    private static GpuNode node(String name, int sevenths) {
        return new GpuNode(name, H100, true, NOON, true, true, 1, "none", 1, Map.of(SEVENTH, sevenths), Map.of(), NOON);
    }

    private static GpuNode listing(Map<String, Integer> allocatable, ClaimableDevice... devices) {
        return new GpuNode("a", H100, true, NOON, true, true, 2, "none", 1, allocatable, Map.of(), NOON, List.of(devices));
    }

    private FleetPast at(int second) {
        return json.treeToValue(get("?at=" + NOON.plusSeconds(second)).body(), FleetPast.class);
    }

    private FleetChanges changes(int from, int until, @Nullable String node) {
        String path = "/changes?from=" + NOON.plusSeconds(from) + "&until=" + NOON.plusSeconds(until) + (node == null ? "" : "&node=" + node);
        return json.treeToValue(get(path).body(), FleetChanges.class);
    }

    private Answer get(String path) {
        return platform.get("/api/fleet/history" + path, platform.auditor());
    }

    private int rows() throws SQLException {
        return count("select count(*) from platform.fleet_node");
    }

    private int stretches() throws SQLException {
        return count("select count(*) from platform.fleet_watched");
    }

    private int count(String query) throws SQLException {
        try (var connection = platform.database().connectAsAdmin(); var found = connection.createStatement().executeQuery(query)) {
            found.next();
            return found.getInt(1);
        }
    }
}
