package dev.penstock.platform.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.platform.GpuView;
import dev.penstock.contract.platform.GpuView.Partition;
import dev.penstock.contract.platform.NodeView;
import dev.penstock.contract.platform.RepackView;
import dev.penstock.contract.platform.RoomView;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.platform.fleet.CutNodes.Picture;
import dev.penstock.platform.geometry.GeometryPlanner;
import dev.penstock.platform.geometry.Plan;
import dev.penstock.platform.geometry.Wanted;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.running.Tenancy;
import dev.penstock.platform.slice.Holders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

/** Nodes as observed and slices as they stand, put together: what the screen of the fleet shows. No cluster answers here: where a slice runs is written behind the program's back. */
class FleetPictureTest {

    private static final String H100 = "NVIDIA-H100-80GB-HBM3";
    private static final String SEVENTH = "h100-80.1g.10gb";
    private static final String SEVENTH_RESOURCE = "nvidia.com/mig-1g.10gb";
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final RunningPlatform platform = RunningPlatform.shared();
    private final Tenancy own = platform.tenancy();
    private final ApplicationContext program = platform.context();
    private final Fleet fleet = new Fleet(program.getBean(JobTransactions.class), program.getBean(Changes.class));
    private final CutNodes nodes = new CutNodes(fleet, program.getBean(Devices.class), program.getBean(Holders.class));
    /** Nobody else's slices run on it. */
    private final String node = "gpu-" + platform.nextId();

    @BeforeEach
    void policyApprovesEverything() {
        own.setPolicy(Long.MAX_VALUE / 4, 24 * 3600);
    }

    /** Who holds a part and is on no node yet keeps its whole device out of every plan: also a slice that another test has left. */
    @BeforeEach
    @AfterEach
    void nobodyHoldsAnything() {
        platform.sql("""
                update platform.slice set version = version + 1, state = 'RELEASED', ending = 'RELEASED', holds_room = false, gives_back_at = null, ended_at = now()
                 where ended_at is null""");
    }

    @Test
    void whoRunsOnANodeIsDrawnOnAPartitionOfTheirProfile() {
        SliceId notebook = on(node, queued("notebook", SEVENTH), "READY");
        SliceId eval = on(node, queued("eval", "h100-80.3g.40gb"), "PROVISIONING");
        fleet.observed(List.of(node(node, 2, true, Map.of(SEVENTH_RESOURCE, 7, "nvidia.com/mig-3g.40gb", 2, "nvidia.com/gpu", 0))));

        NodeView seen = view(nodes.now());
        assertThat(seen.device()).isEqualTo("NVIDIA H100 80 GB");
        assertThat(seen.gpus()).extracting(GpuView::index).containsExactly(0, 1);
        List<Partition> large = seen.gpus().getFirst().partitions();
        assertThat(large).extracting(Partition::profile).containsOnly("h100-80.3g.40gb").hasSize(2);
        assertThat(large).extracting(Partition::start).containsExactly(0, 4);
        assertThat(Objects.requireNonNull(large.getFirst().holder())).isEqualTo(
                new GpuView.Holder(eval, "eval", own.tenant(), own.name(), own.project(), project(), SliceState.PROVISIONING));
        assertThat(large.getLast().holder()).isNull();
        assertThat(seen.gpus().getLast().partitions()).hasSize(7).filteredOn(part -> part.holder() != null).singleElement()
                .satisfies(part -> assertThat(Objects.requireNonNull(part.holder()).slice()).isEqualTo(notebook));
    }

    /** On each of its GPUs; and no plan takes one of them away from it. */
    @Test
    void whoHoldsTwoGpusIsDrawnOnBothAndTakesPartInNoPlan() {
        SliceId pair = on(node, queued("pair", "h100-80.whole-x2"), "READY");
        SliceId notebook = on(node, queued("notebook", SEVENTH), "READY");
        fleet.observed(List.of(node(node, 4, true, Map.of("nvidia.com/gpu", 3, SEVENTH_RESOURCE, 7))));

        Picture picture = nodes.now();
        assertThat(picture.nodes().getFirst().gpus()).hasSize(4);
        assertThat(picture.plannable(Set.of())).isEmpty();
        List<SliceId> holders = view(picture).gpus().stream().flatMap(gpu -> gpu.partitions().stream()).map(Partition::holder).filter(Objects::nonNull).map(GpuView.Holder::slice).toList();
        assertThat(holders).containsExactlyInAnyOrder(pair, pair, notebook);
        RoomView room = FleetViews.room(picture.nodes()).getFirst();
        assertThat(of(room, "whole").free()).as("of three").isEqualTo(1);

        fleet.observed(List.of(node(node, 4, true, Map.of("nvidia.com/gpu", 1, SEVENTH_RESOURCE, 7))));
        assertThat(view(nodes.now()).gpus()).as("it runs on more than the node offers").isEmpty();
    }

    @Test
    void aNodeThatSharesItsGpusIsShownByWhatItOffers() {
        on(node, queued("in-turns", "h100-80.time-sliced-4"), "READY");
        fleet.observed(List.of(new GpuNode(node, H100, true, NOON, true, true, 1, "time-slicing", 4, Map.of("nvidia.com/gpu.shared", 4), Map.of("nvidia.com/gpu.shared", 1), NOON)));

        Picture picture = nodes.now();
        assertThat(view(picture).gpus()).isEmpty();
        assertThat(view(picture).resources()).containsExactly(new NodeView.Resource("nvidia.com/gpu.shared", 4, 1));
    }

    @Test
    void whatTheCatalogueDoesNotKnowIsShownAsItIsOffered() {
        fleet.observed(List.of(new GpuNode(node, "NVIDIA-L4", true, NOON, true, true, 4, "none", 1, Map.of("nvidia.com/gpu", 4), Map.of("nvidia.com/gpu", 1), NOON)));
        NodeView seen = view(nodes.now());
        assertThat(seen.device()).isEqualTo("NVIDIA-L4");
        assertThat(seen.gpus()).isEmpty();
        assertThat(seen.resources()).containsExactly(new NodeView.Resource("nvidia.com/gpu", 4, 1));
    }

    /** Otherwise a node would look idle on which somebody runs. */
    @Test
    void aNodeOnWhichSomebodyRunsOnWhatItDoesNotOfferIsNotDrawn() {
        on(node, queued("notebook", SEVENTH), "READY");
        fleet.observed(List.of(node(node, 1, true, Map.of("nvidia.com/mig-3g.40gb", 2))));
        assertThat(view(nodes.now()).gpus()).isEmpty();
        assertThat(FleetViews.room(nodes.now().nodes()).getFirst().profiles()).allSatisfy(profile -> assertThat(profile.ifCutForIt()).isZero());

        fleet.observed(List.of(node(node, 1, true, Map.of(SEVENTH_RESOURCE, 7, "nvidia.com/mig-1g.10gb.me.all", 1))));
        assertThat(view(nodes.now()).gpus()).as("a partition that the catalogue does not know").isEmpty();
        fleet.observed(List.of(node(node, 1, true, Map.of(SEVENTH_RESOURCE, 7, "rdma/hca", 1, "nvidia.com/mig-1g.10gb.me.all", 0))));
        assertThat(view(nodes.now()).gpus()).hasSize(1);
    }

    @Test
    void whatFitsIsWhatIsFreeAndWhatIdleNodesCouldBeCutFor() {
        on(node, queued("notebook", SEVENTH), "READY");
        fleet.observed(List.of(
                node(node, 1, true, Map.of(SEVENTH_RESOURCE, 7)),
                node(node + "-idle", 2, true, Map.of(SEVENTH_RESOURCE, 7, "nvidia.com/gpu", 1)),
                node(node + "-out", 1, false, Map.of(SEVENTH_RESOURCE, 7))));

        RoomView room = FleetViews.room(nodes.now().nodes()).getFirst();
        assertThat(room.gpus()).as("in service").isEqualTo(3);
        assertThat(room.profiles()).extracting(RoomView.OfProfile::name).containsExactly("whole", "7g.80gb", "4g.40gb", "3g.40gb", "2g.20gb", "1g.20gb", "1g.10gb", "1g.10gb+me");
        assertThat(of(room, "1g.10gb")).isEqualTo(new RoomView.OfProfile(SEVENTH, "1g.10gb", 13, 20));
        assertThat(of(room, "3g.40gb")).isEqualTo(new RoomView.OfProfile("h100-80.3g.40gb", "3g.40gb", 0, 4));
        assertThat(of(room, "whole")).isEqualTo(new RoomView.OfProfile("h100-80.whole", "whole", 1, 2));
    }

    @Test
    void aRepackServesWhoWaitsAndNamesWhoIsStopped() {
        SliceId notebook = on(node, queued("notebook", SEVENTH), "READY");
        SliceId waits = queued("waits", "h100-80.4g.40gb");
        fleet.observed(List.of(node(node, 1, true, Map.of(SEVENTH_RESOURCE, 7))));

        RepackView nobody = repack(waits, 0);
        assertThat(nobody.recuts()).isEmpty();
        assertThat(nobody.left()).isOne();

        RepackView one = repack(waits, 1);
        assertThat(one.recuts()).singleElement().satisfies(recut -> {
            assertThat(recut.before()).isEqualTo(Map.of("1g.10gb", 7));
            assertThat(recut.after().partitions()).filteredOn(part -> part.holder() != null).extracting(part -> Objects.requireNonNull(part.holder()).slice(), Partition::name)
                    .containsExactlyInAnyOrder(tuple(waits, "4g.40gb"), tuple(notebook, "1g.10gb"));
        });
        assertThat(one.stopped()).containsExactly(new RepackView.Stopped(notebook, "notebook", own.name(), "1g.10gb", node, node));
        assertThat(one.served()).containsExactly(new RepackView.Served(waits, "waits", own.name(), "4g.40gb", node));
        assertThat(one.parts()).isEqualTo(480);
        assertThat(one.left()).isZero();
    }

    /** Where a slice is stands in its row only once it is ready: till then its pod tells, and before that nobody does. */
    @Test
    void whoIsComingUpTakesPartInNoPlan() {
        fleet.observed(List.of(node(node, 2, true, Map.of(SEVENTH_RESOURCE, 7, "nvidia.com/gpu", 1))));
        assertThat(nodes.now().plannable(Set.of())).hasSize(2);

        fleet.observed(List.of(new GpuNode(node, H100, true, NOON, true, true, 2, "none", 1, Map.of(SEVENTH_RESOURCE, 7, "nvidia.com/gpu", 1), Map.of(SEVENTH_RESOURCE, 1), NOON)));
        assertThat(nodes.now().plannable(Set.of())).as("its pod is there").isEmpty();
        SliceId notebook = on(node, queued("notebook", SEVENTH), "READY");
        assertThat(nodes.now().plannable(Set.of())).as("it is known who that is").hasSize(2);

        assertThat(platform.sql("update platform.slice set version = version + 1, state = 'PROVISIONING', ready_at = null, node = null where id = '%s'".formatted(notebook))).isEqualTo(1);
        fleet.observed(List.of(node(node, 2, true, Map.of(SEVENTH_RESOURCE, 7, "nvidia.com/gpu", 1))));
        assertThat(nodes.now().plannable(Set.of())).as("it may be placed there this moment").isEmpty();
    }

    @Test
    void howManyMayBeStoppedIsBounded() {
        for (String most : List.of("-1", "1001", "many")) {
            Answer answer = platform.get("/api/fleet/repack?mostStopped=" + most, platform.admin());
            assertThat(answer.code()).isEqualTo("invalid_input");
        }
        assertThat(platform.get("/api/fleet/repack?mostStopped=1000", platform.admin()).status()).isEqualTo(200);
    }

    /** As the controller does, of the slice alone: other tests have slices in the queue too. */
    private RepackView repack(SliceId waits, int mostStopped) {
        Picture picture = nodes.now();
        Plan plan = GeometryPlanner.plan(picture.plannable(Set.of()), List.of(new Wanted(waits.toString(), H100, "4g.40gb", 480)), mostStopped);
        return FleetViews.repack(plan, picture);
    }

    private NodeView view(Picture picture) {
        return FleetViews.nodes(picture, Map.of()).getFirst();
    }

    private static RoomView.OfProfile of(RoomView room, String profile) {
        return room.profiles().stream().filter(each -> each.name().equals(profile)).findFirst().orElseThrow();
    }

    private static GpuNode node(String name, int gpus, boolean ready, Map<String, Integer> allocatable) {
        return new GpuNode(name, H100, ready, NOON, true, true, gpus, "none", 1, allocatable, Map.of(), NOON);
    }

    private SliceId queued(String name, String profile) {
        UUID id = platform.nextId();
        Answer answer = platform.put(own.requests() + id, own.member("ada"), Tenancy.request(name, SEVENTH, 3600));
        assertThat(answer.text("state")).as(answer.toString()).isEqualTo("APPROVED");
        assertThat(platform.sql("update platform.slice set version = version + 1, profile = '%s' where id = '%s'".formatted(profile, id))).isEqualTo(1);
        return new SliceId(id);
    }

    private SliceId on(String node, SliceId slice, String state) {
        assertThat(platform.sql("update platform.slice set version = version + 1, state = '%s', %s node = '%s', next_attempt_at = now() + interval '1 day' where id = '%s'"
                .formatted(state, state.equals("READY") ? "ready_at = now()," : "", node, slice))).isEqualTo(1);
        return slice;
    }

    private String project() {
        return platform.get(own.path(), platform.admin()).body().path("projects").get(0).path("name").asString();
    }
}
