package dev.penstock.platform.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** From what a node offers in all to what each of its GPUs can have. */
class DivisionTest {

    private static final MigTable H100 = Tables.H100;

    @Test
    void aNodeThatIsCutInManyWays() {
        assertThat(divided(4, Map.of("1g.10gb", 14, "2g.20gb", 2, "3g.40gb", 3))).containsExactly(
                Map.of("3g.40gb", 2), Map.of("3g.40gb", 1, "2g.20gb", 2), Map.of("1g.10gb", 7), Map.of("1g.10gb", 7));
        assertThat(divided(4, Map.of("whole", 4))).containsOnly(Map.of("whole", 1)).hasSize(4);
        assertThat(divided(2, Map.of("whole", 1, "7g.80gb", 1))).containsExactlyInAnyOrder(Map.of("whole", 1), Map.of("7g.80gb", 1));
    }

    @Test
    void whatIsNotOfferedLeavesAGpuWithNothing() {
        assertThat(divided(2, Map.of("3g.40gb", 1))).containsExactly(Map.of("3g.40gb", 1), Map.of());
        assertThat(divided(2, Map.of())).containsExactly(Map.of(), Map.of());
        assertThat(H100.divide(0, Map.of("3g.40gb", 1))).isEmpty();
        assertThat(divided(0, Map.of())).isEmpty();
    }

    @Test
    void moreThanFitsHasNoWay() {
        assertThat(H100.divide(1, Map.of("1g.10gb", 9))).isEmpty();
        assertThat(H100.divide(2, Map.of("4g.40gb", 3))).isEmpty();
        assertThat(divided(1, Map.of("1g.10gb", 1, "1g.5gb", 4))).as("a name of another device").containsExactly(Map.of("1g.10gb", 1));
    }

    /** Cut at random: nearly always a way is found, and then it is one. */
    @Test
    void nodesThatAreCutAtRandom(TestReporter reporter) {
        Random random = new Random(3);
        List<Geometry> full = H100.full();
        int found = 0;
        for (int node = 0; node < 1_000; node++) {
            int gpus = 1 + random.nextInt(8);
            Map<String, Integer> offered = new TreeMap<>();
            for (int gpu = 0; gpu < gpus; gpu++) {
                full.get(random.nextInt(full.size())).counts().forEach((profile, count) -> offered.merge(profile, count, Integer::sum));
            }
            Optional<List<Map<String, Integer>>> cuts = H100.divide(gpus, offered);
            if (cuts.isPresent()) {
                found++;
                Map<String, Integer> sum = new TreeMap<>();
                cuts.get().forEach(cut -> cut.forEach((profile, count) -> sum.merge(profile, count, Integer::sum)));
                assertThat(sum).isEqualTo(offered);
                assertThat(cuts.get()).hasSize(gpus).allSatisfy(cut -> assertThat(cut.isEmpty() || Legality.placeable(H100, cut)).isTrue());
            }
        }
        reporter.publishEntry("nodes of 1,000 for which a way was found", Integer.toString(found));
        assertThat(found).isGreaterThan(970);
    }

    private static List<Map<String, Integer>> divided(int gpus, Map<String, Integer> partitions) {
        return H100.divide(gpus, partitions).orElseThrow();
    }
}
