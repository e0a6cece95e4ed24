package dev.penstock.platform.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.platform.geometry.Gpu.Holder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

class GeometryPlannerTest {

    private static final int FLEETS = 1_000;
    private static final int SMALL_FLEETS = 300;

    @Test
    void aPartitionThatIsFreeIsTakenAndNothingIsCut() {
        Plan plan = GeometryPlanner.plan(List.of(h100("n", Map.of("3g.40gb", 2), "3g.40gb")), List.of(wants("3g.40gb")), 9);
        assertThat(plan.recuts()).isEmpty();
        assertThat(plan.served()).hasSize(1);
    }

    @Test
    void anIdleGpuIsCutForWhoWaits() {
        Plan plan = GeometryPlanner.plan(List.of(h100("n", Map.of("whole", 1))), List.of(wants("1g.10gb"), wants("3g.40gb"), wants("2g.20gb")), 0);
        assertThat(plan.left()).isEmpty();
        assertThat(plan.recuts()).hasSize(1);
        assertThat(plan.recuts().getFirst().after().counts()).containsEntry("3g.40gb", 1).containsEntry("2g.20gb", 1);
    }

    /** One small slice keeps each of two cards from being a whole one: it moves to the other. */
    @Test
    void whoRunsMovesTogetherForAWholeGpuIfThatIsAllowed() {
        List<Gpu> two = List.of(h100("a", Map.of("1g.10gb", 7), "1g.10gb"), h100("b", Map.of("1g.10gb", 7), "1g.10gb"));
        List<Wanted> whole = List.of(wants("whole"));
        assertThat(GeometryPlanner.plan(two, whole, 0).left()).isEqualTo(whole);

        Plan plan = GeometryPlanner.plan(two, whole, 1);
        assertThat(plan.left()).isEmpty();
        assertThat(plan.drained()).hasSize(1);
        assertThat(plan.drained().getFirst().from()).isNotEqualTo(plan.drained().getFirst().to());
        assertThat(plan.parts()).isEqualTo(840);
    }

    @Test
    void whoStopsNobodyComesFirst() {
        List<Gpu> gpus = List.of(h100("a", Map.of("1g.10gb", 7), "1g.10gb"), h100("b", Map.of("1g.10gb", 7)));
        Plan plan = GeometryPlanner.plan(gpus, List.of(wants("3g.40gb")), 9);
        assertThat(plan.drained()).isEmpty();
        assertThat(plan.recuts()).extracting(recut -> recut.gpu().node()).containsExactly("b");
    }

    @Test
    void whereOnlyTheNodeIsKnownEveryoneOnItIsStopped() {
        Holder one = new Holder("one", "1g.10gb");
        List<Gpu> node = List.of(
                new Gpu("n", 0, Tables.H100, Map.of("1g.10gb", 7), List.of(one), false), new Gpu("n", 1, Tables.H100, Map.of("1g.10gb", 7), List.of(), false));
        List<Wanted> waiting = List.of(wants("3g.40gb"));
        assertThat(GeometryPlanner.plan(node, waiting, 0).left()).as("the second is idle, but that is not known").isEqualTo(waiting);
        assertThat(GeometryPlanner.plan(node, waiting, 1).drained()).extracting(Plan.Drained::holder).containsExactly(one);
    }

    /** By size they fill both cards; in the order of waiting the small ones would be in the way. */
    @Test
    void largeOnesAreNotKeptOutBySmallOnesThatCameBefore() {
        List<Gpu> gpus = List.of(h100("a", Map.of("whole", 1)), h100("b", Map.of("whole", 1)));
        List<Wanted> waiting = List.of(wants("1g.10gb"), wants("4g.40gb"), wants("4g.40gb"), wants("3g.40gb"));
        assertThat(GeometryPlanner.plan(gpus, waiting, 0).left()).isEmpty();
    }

    @Test
    void whatNoGpuHasIsLeft() {
        Wanted unknown = new Wanted("w", "no such device", "1g.10gb", 120);
        Wanted noSuch = new Wanted("w", Tables.H100.device(), "1g.5gb", 120);
        assertThat(GeometryPlanner.plan(List.of(h100("a", Map.of("whole", 1))), List.of(unknown, noSuch), 9).left()).containsExactly(unknown, noSuch);
        assertThat(GeometryPlanner.plan(List.of(), List.of(unknown), 9).left()).containsExactly(unknown);
    }

    @Test
    void aGpuThatCannotBeIsRefused() {
        assertThatThrownBy(() -> h100("a", Map.of("4g.40gb", 2))).hasMessageContaining("{4g.40gb=2}");
        assertThatThrownBy(() -> h100("a", Map.of("3g.40gb", 1), "3g.40gb", "3g.40gb")).hasMessageContaining("2 hold 3g.40gb");
    }

    @Test
    void ofAThousandFleetsEachPlanIsLegalAndNoneIsWorseThanFirstFit(TestReporter reporter) {
        Random random = new Random(20_261_122);
        long first = 0;
        long planned = 0;
        long drainedParts = 0;
        for (int fleet = 0; fleet < FLEETS; fleet++) {
            List<Gpu> gpus = RandomFleets.fleet(random, 1 + random.nextInt(20));
            List<Wanted> waiting = RandomFleets.waiting(random, random.nextInt(25), gpus);
            Plan firstFit = GeometryPlanner.firstFit(gpus, waiting);
            requireLegal(firstFit, gpus, waiting, 0);
            Plan quiet = GeometryPlanner.plan(gpus, waiting, 0);
            requireLegal(quiet, gpus, waiting, 0);
            assertThat(quiet.parts()).as("fleet %d", fleet).isGreaterThanOrEqualTo(firstFit.parts());
            int most = 1 + random.nextInt(10);
            Plan bold = GeometryPlanner.plan(gpus, waiting, most);
            requireLegal(bold, gpus, waiting, most);
            assertThat(bold.parts()).as("fleet %d, at most %d drained", fleet, most).isGreaterThanOrEqualTo(quiet.parts());
            assertThat(GeometryPlanner.plan(gpus, waiting, most)).as("the same again").isEqualTo(bold);
            first += firstFit.parts();
            planned += quiet.parts();
            drainedParts += bold.parts();
        }
        reporter.publishEntry("parts served of " + FLEETS + " fleets", "first-fit %d, nobody drained %d, up to ten drained %d".formatted(first, planned, drainedParts));
    }

    /** Every geometry of every GPU tried. */
    @Test
    void ofSmallFleetsPlansAreNearTheBestThereIs(TestReporter reporter) {
        Random random = new Random(7);
        long best = 0;
        long planned = 0;
        long firstFit = 0;
        int asGood = 0;
        for (int fleet = 0; fleet < SMALL_FLEETS; fleet++) {
            List<Gpu> gpus = RandomFleets.fleet(random, 1 + random.nextInt(2));
            List<Wanted> waiting = RandomFleets.waiting(random, 1 + random.nextInt(8), gpus);
            int most = random.nextInt(4);
            long optimum = optimum(gpus, waiting, most);
            long parts = GeometryPlanner.plan(gpus, waiting, most).parts();
            assertThat(parts).isLessThanOrEqualTo(optimum);
            best += optimum;
            planned += parts;
            firstFit += GeometryPlanner.firstFit(gpus, waiting).parts();
            asGood += parts == optimum ? 1 : 0;
        }
        reporter.publishEntry("best possible of " + SMALL_FLEETS, "%d as good; %d of %d parts, first-fit %d".formatted(asGood, planned, best, firstFit));
        assertThat(planned * 100 / best).as("per cent of the best possible").isGreaterThanOrEqualTo(95);
    }

    /** Of which one node in fifty is idle: there is something to cut, and something to stop. */
    @Test
    void aLargeFleetIsPlanned(TestReporter reporter) {
        Random random = new Random(11);
        List<Gpu> gpus = IntStream.range(0, 500).boxed().flatMap(node -> IntStream.range(0, 8)
                .mapToObj(index -> RandomFleets.gpu(random, Tables.H100, "node-" + node, index, node % 2 == 0, node % 50 == 0 ? 0 : 0.98))).toList();
        List<Wanted> waiting = RandomFleets.waiting(random, 300, gpus);
        for (int most : List.of(0, 50)) {
            Plan first = GeometryPlanner.plan(gpus, waiting, most);
            long begin = System.nanoTime();
            Plan plan = GeometryPlanner.plan(gpus, waiting, most);
            assertThat(plan).isEqualTo(first);
            long millis = (System.nanoTime() - begin) / 1_000_000;
            requireLegal(plan, gpus, waiting, most);
            assertThat(plan.recuts()).isNotEmpty();
            assertThat(plan.drained().isEmpty()).isEqualTo(most == 0);
            reporter.publishEntry("4,000 GPUs, 300 waiting, at most " + most + " drained, the second time", "%d ms: %d served, %d cut anew, %d drained".formatted(
                    millis, plan.served().size(), plan.recuts().size(), plan.drained().size()));
        }
    }

    private static void requireLegal(Plan plan, List<Gpu> gpus, List<Wanted> waiting, int mostDrained) {
        Map<Gpu, Map<String, Integer>> room = new HashMap<>();
        gpus.forEach(gpu -> room.put(gpu, new TreeMap<>(gpu.cut())));
        Set<Holder> expected = new HashSet<>();
        for (Plan.Recut recut : plan.recuts()) {
            Legality.require(recut.gpu().table(), recut.after());
            assertThat(room.put(recut.gpu(), new TreeMap<>(recut.after().counts()))).as("a GPU of the fleet").isEqualTo(recut.before());
            gpus.stream().filter(gpu -> stopsWith(gpu, recut.gpu())).forEach(gpu -> expected.addAll(gpu.holders()));
        }
        assertThat(plan.recuts()).doesNotHaveDuplicates();
        // 1. Who runs stays where he is, or is drained and has a place.
        gpus.stream().flatMap(gpu -> gpu.holders().stream().filter(holder -> !expected.contains(holder)).map(holder -> Map.entry(gpu, holder.profile())))
                .forEach(each -> take(room, each.getKey(), each.getValue()));
        assertThat(plan.drained().stream().map(Plan.Drained::holder)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(plan.drained()).hasSizeLessThanOrEqualTo(mostDrained);
        plan.drained().forEach(drained -> {
            assertThat(drained.from().holders()).contains(drained.holder());
            assertThat(drained.to().table()).isEqualTo(drained.from().table());
            take(room, drained.to(), drained.holder().profile());
        });
        // 2. Who is served has a partition of its kind.
        plan.served().forEach(served -> {
            assertThat(served.on().table().device()).isEqualTo(served.wanted().device());
            take(room, served.on(), served.wanted().profile());
        });
        assertThat(Stream.concat(plan.served().stream().map(Plan.Served::wanted), plan.left().stream())).containsExactlyInAnyOrderElementsOf(waiting);
        // 3. Nobody is left for whom there is one.
        plan.left().forEach(left -> room.forEach((gpu, free) -> assertThat(gpu.table().device().equals(left.device()) && free.getOrDefault(left.profile(), 0) > 0)
                .as("%s is left, and %s has one", left, gpu).isFalse()));
    }

    /** The rule of decision 023, written a second time: where only the node's numbers are known, everyone on it. */
    private static boolean stopsWith(Gpu gpu, Gpu recut) {
        return recut.holdersKnown() ? gpu.equals(recut) : gpu.node().equals(recut.node()) && !gpu.holdersKnown();
    }

    private static void take(Map<Gpu, Map<String, Integer>> room, Gpu gpu, String profile) {
        assertThat(room.get(gpu).merge(profile, -1, Integer::sum)).as("%s of %s", profile, gpu).isNotNegative();
    }

    private static long optimum(List<Gpu> gpus, List<Wanted> waiting, int mostDrained) {
        Map<String, Integer> running = new TreeMap<>();
        gpus.forEach(gpu -> gpu.holders().forEach(holder -> running.merge(gpu.table().device() + holder.profile(), 1, Integer::sum)));
        Map<String, List<Wanted>> wanted = waiting.stream().collect(Collectors.groupingBy(each -> each.device() + each.profile()));
        return optimum(gpus, 0, mostDrained, Set.of(), new TreeMap<>(), running, wanted);
    }

    private static long optimum(
            List<Gpu> gpus, int from, int mostDrained, Set<String> stopped, Map<String, Integer> supply, Map<String, Integer> running, Map<String, List<Wanted>> wanted) {
        if (from == gpus.size()) {
            if (running.entrySet().stream().anyMatch(each -> supply.getOrDefault(each.getKey(), 0) < each.getValue())) {
                return -1;
            }
            return wanted.entrySet().stream().mapToLong(each -> each.getValue().stream()
                    .limit(supply.getOrDefault(each.getKey(), 0) - running.getOrDefault(each.getKey(), 0)).mapToLong(Wanted::parts).sum()).sum();
        }
        Gpu gpu = gpus.get(from);
        long best = optimum(gpus, from + 1, mostDrained, stopped, plus(supply, gpu.table().device(), gpu.cut()), running, wanted);
        int stopping = stopped.contains(gpu.stoppedWith()) ? 0
                : gpus.stream().filter(other -> stopsWith(other, gpu)).mapToInt(other -> other.holders().size()).sum();
        if (stopping <= mostDrained) {
            Set<String> with = Stream.concat(stopped.stream(), Stream.of(gpu.stoppedWith())).collect(Collectors.toSet());
            for (Geometry geometry : gpu.table().full()) {
                best = Math.max(best, optimum(gpus, from + 1, mostDrained - stopping, with, plus(supply, gpu.table().device(), geometry.counts()), running, wanted));
            }
        }
        return best;
    }

    private static Map<String, Integer> plus(Map<String, Integer> supply, String device, Map<String, Integer> counts) {
        Map<String, Integer> sum = new TreeMap<>(supply);
        counts.forEach((profile, count) -> sum.merge(device + profile, count, Integer::sum));
        return sum;
    }

    private static Gpu h100(String node, Map<String, Integer> cut, String... held) {
        return new Gpu(node, 0, Tables.H100, cut, IntStream.range(0, held.length).mapToObj(each -> new Holder(node + each, held[each])).toList(), true);
    }

    private static Wanted wants(String profile) {
        return new Wanted(profile, Tables.H100.device(), profile, Tables.parts(Tables.H100, profile));
    }
}
