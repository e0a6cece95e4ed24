package dev.penstock.platform.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.platform.fleet.ClusterPlans.Wanting;
import dev.penstock.platform.geometry.GeometryPlanner;
import dev.penstock.platform.geometry.Gpu;
import dev.penstock.platform.geometry.Gpu.Holder;
import dev.penstock.platform.geometry.MigProfile;
import dev.penstock.platform.geometry.MigTable;
import dev.penstock.platform.geometry.Plan;
import dev.penstock.platform.geometry.Wanted;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A plan moves nobody to another cluster, and serves who is bound to one there alone. */
class ClusterPlansTest {

    private static final MigTable H100 = new MigTable("H100", 7, 8, List.of(
            new MigProfile("whole", 7, 8, List.of(0), 1),
            new MigProfile("3g.40gb", 3, 4, List.of(0, 4), 2),
            new MigProfile("1g.10gb", 1, 1, List.of(0, 1, 2, 3, 4, 5, 6), 7)));

    @Test
    void whoIsBoundToAClusterIsServedThereAlone() {
        List<Gpu> idle = List.of(sevenths("gpu-a"));
        assertThat(ClusterPlans.best(idle, List.of(wants("w", "3g.40gb", "east")), 0).left()).extracting(Wanted::id).containsExactly("w");
        assertThat(ClusterPlans.best(idle, List.of(wants("w", "3g.40gb", "")), 0).left()).isEmpty();
        Plan plan = ClusterPlans.best(List.of(sevenths("gpu-a"), sevenths("east:gpu-a")), List.of(wants("w", "3g.40gb", "east")), 0);
        assertThat(plan.recuts()).extracting(recut -> recut.gpu().node()).containsExactly("east:gpu-a");
        assertThat(plan.served()).extracting(served -> served.on().node()).containsExactly("east:gpu-a");
    }

    /** One small slice on each of two cards: in one cluster one would move to the other. */
    @Test
    void whoIsStoppedFindsAPlaceInItsCluster() {
        List<Wanting> whole = List.of(wants("w", "whole", null));
        assertThat(ClusterPlans.best(List.of(sevenths("gpu-a", "1g.10gb"), sevenths("gpu-b", "1g.10gb")), whole, 9).left()).isEmpty();
        Plan apart = ClusterPlans.best(List.of(sevenths("gpu-a", "1g.10gb"), sevenths("east:gpu-b", "1g.10gb")), whole, 9);
        assertThat(apart.left()).extracting(Wanted::id).containsExactly("w");
        assertThat(apart.recuts()).isEmpty();
        assertThat(apart.drained()).isEmpty();
    }

    /** The first's is in use, the other's is idle: also who comes first by name is not stopped for it. */
    @Test
    void whoMayBeAnywhereIsServedWhereNobodyIsStopped() {
        List<Wanting> waiting = List.of(wants("w", "3g.40gb", null));
        for (List<Gpu> gpus : List.of(List.of(sevenths("gpu-a", "1g.10gb"), sevenths("east:gpu-b")), List.of(sevenths("gpu-a"), sevenths("east:gpu-b", "1g.10gb")))) {
            Plan plan = ClusterPlans.best(gpus, waiting, 9);
            assertThat(plan.drained()).isEmpty();
            assertThat(plan.served()).hasSize(1);
        }
    }

    @Test
    void howManyAreStoppedIsBoundedOverAllClusters() {
        List<Gpu> gpus = List.of(sevenths("gpu-a", "1g.10gb"), sevenths("east:gpu-b", "1g.10gb"));
        List<Wanting> waiting = List.of(wants("here", "3g.40gb", ""), wants("there", "3g.40gb", "east"));
        assertThat(ClusterPlans.best(gpus, waiting, 0).left()).hasSize(2);
        assertThat(ClusterPlans.best(gpus, waiting, 1).drained()).hasSize(1);
        Plan both = ClusterPlans.best(gpus, waiting, 2);
        assertThat(both.left()).isEmpty();
        assertThat(both.drained()).hasSize(2);
        assertThat(both.served()).extracting(served -> served.wanted().id()).as("in the order of waiting").containsExactly("here", "there");
    }

    @Test
    void withOneClusterItIsThePlannersPlan() {
        List<Gpu> gpus = List.of(sevenths("gpu-a", "1g.10gb"), sevenths("gpu-b", "1g.10gb"));
        List<Wanting> waiting = List.of(wants("one", "whole", null), wants("other", "3g.40gb", null));
        assertThat(ClusterPlans.best(gpus, waiting, 3)).isEqualTo(GeometryPlanner.plan(gpus, waiting.stream().map(Wanting::wanted).toList(), 3));
        assertThat(ClusterPlans.best(List.of(), waiting, 3).left()).as("nothing may be cut").hasSize(2);
    }

    private static Wanting wants(String id, String profile, @Nullable String within) {
        return new Wanting(new Wanted(id, H100.device(), profile, profile.equals("whole") ? 840 : 420), within);
    }

    private static Gpu sevenths(String node, String... held) {
        return new Gpu(node, 0, H100, Map.of("1g.10gb", 7), IntStream.range(0, held.length).mapToObj(each -> new Holder(node + each, held[each])).toList(), true);
    }
}
