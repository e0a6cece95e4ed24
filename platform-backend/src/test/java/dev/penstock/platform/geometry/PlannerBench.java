package dev.penstock.platform.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How long a plan takes, beside first-fit by turns: over the thousand fleets that {@link GeometryPlannerTest} plans, and over a large one. Not part of any
 * build: {@code ./penstock bench planner} plays it.
 */
class PlannerBench {

    private static final int FLEETS = 1_000;
    private static final int ROUNDS = Integer.getInteger("penstock.bench.rounds", 5);
    private static final int WARM_UP = 2;
    private static final int LARGE_NODES = 500;
    private static final int LARGE_WAITING = 300;

    private final List<String> figures = new ArrayList<>();
    /** What is worked out is told, so that no compiler leaves it away. */
    private long parts;

    /** @param most running slices that may be stopped */
    private record Case(List<Gpu> gpus, List<Wanted> waiting, int most) {}

    /** Nanoseconds of one round, one for each case. */
    private record Round(long[] firstFit, long[] quiet, long[] bold) {}

    @Test
    void besideFirstFit() throws IOException {
        small();
        large();
        assertThat(parts).isPositive();
        String results = System.getProperty("penstock.bench.results");
        if (results != null) {
            Files.writeString(Path.of(results, "planner.txt"), String.join("\n", figures) + "\n");
        }
    }

    private void small() {
        Random random = new Random(20_261_122);
        List<Case> cases = IntStream.range(0, FLEETS).mapToObj(fleet -> {
            List<Gpu> gpus = RandomFleets.fleet(random, 1 + random.nextInt(20));
            return new Case(gpus, RandomFleets.waiting(random, random.nextInt(25), gpus), 1 + random.nextInt(10));
        }).toList();
        told("1,000 fleets of 1 to 20 GPUs, up to 24 waiting", cases, ROUNDS);
    }

    private void large() {
        Random random = new Random(11);
        List<Gpu> gpus = IntStream.range(0, LARGE_NODES).boxed().flatMap(node -> IntStream.range(0, 8)
                .mapToObj(index -> RandomFleets.gpu(random, Tables.H100, "node-" + node, index, node % 2 == 0, node % 50 == 0 ? 0 : 0.98))).toList();
        told("a fleet of 4,000 GPUs, 300 waiting", List.of(new Case(gpus, RandomFleets.waiting(random, LARGE_WAITING, gpus), 50)), ROUNDS);
    }

    private void told(String what, List<Case> cases, int rounds) {
        IntStream.range(0, WARM_UP).forEach(warm -> round(cases));
        List<Round> all = IntStream.range(0, rounds).mapToObj(number -> round(cases)).toList();
        tell(what + ": first-fit", all.stream().map(Round::firstFit).toList());
        tell(what + ": nobody stopped", all.stream().map(Round::quiet).toList());
        tell(what + ": some stopped", all.stream().map(Round::bold).toList());
        ratio(what + ": nobody stopped over first-fit", all.stream().mapToDouble(round -> (double) sum(round.quiet()) / sum(round.firstFit())).toArray());
        ratio(what + ": some stopped over first-fit", all.stream().mapToDouble(round -> (double) sum(round.bold()) / sum(round.firstFit())).toArray());
    }

    private Round round(List<Case> cases) {
        Round round = new Round(new long[cases.size()], new long[cases.size()], new long[cases.size()]);
        for (int index = 0; index < cases.size(); index++) {
            Case each = cases.get(index);
            round.firstFit()[index] = nanos(() -> GeometryPlanner.firstFit(each.gpus(), each.waiting()));
            round.quiet()[index] = nanos(() -> GeometryPlanner.plan(each.gpus(), each.waiting(), 0));
            round.bold()[index] = nanos(() -> GeometryPlanner.plan(each.gpus(), each.waiting(), each.most()));
        }
        return round;
    }

    private long nanos(Supplier<Plan> work) {
        long begin = System.nanoTime();
        Plan plan = work.get();
        long took = System.nanoTime() - begin;
        parts += plan.parts();
        return took;
    }

    private void tell(String what, List<long[]> rounds) {
        long[] all = rounds.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        say("%s: median %.3f ms, p99 %.3f ms, longest %.3f ms of %d".formatted(what, millis(all[all.length / 2]), millis(all[(int) (all.length * 0.99)]), millis(all[all.length - 1]), all.length));
    }

    private void ratio(String what, double[] rounds) {
        double[] sorted = Arrays.stream(rounds).sorted().toArray();
        say("%s: median %.2f, low %.2f, high %.2f of %d rounds".formatted(what, sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1], sorted.length));
    }

    private void say(String line) {
        figures.add(line);
        System.out.println("planner: " + line);
    }

    private static long sum(long[] nanos) {
        return Arrays.stream(nanos).sum();
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
