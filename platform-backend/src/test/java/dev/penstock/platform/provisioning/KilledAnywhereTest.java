package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.penstock.platform.slice.SliceKey;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The reconciler is killed between any two steps. Each life is lived once undisturbed, which lists the steps that it takes; then once for
 * each of these steps, in which the reconciler dies just before it, the first and the third time it comes there. Dying before a step is
 * dying after the effect of the one before. Whoever comes after finds the claim of the dead and waits for its end. However often it is killed, the end is the same, the trail tells the same story, and
 * nothing is left: not on the cluster, not at quota-service, not in the count of parts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledAnywhereTest {

    /** The first time; then, after it was taken once, the next time: between two of the same, or in another state of the slice. */
    private static final Set<Integer> KILLED_AT = Set.of(1, 3);

    private SliceBench bench;

    @BeforeAll
    void start() {
        bench = SliceBench.still();
    }

    @AfterAll
    void stop() {
        bench.close();
    }

    /** Dies at a step. An Error, so that nothing that is there to handle failures can handle it. */
    private static final class Killed extends Error {

        private static final long serialVersionUID = 1L;

        Killed(Step at) {
            super("killed before " + at, null, false, false);
        }
    }

    /** A life as it was lived: how often each step was taken, and the trail. */
    private record Life(Map<Step, Integer> steps, List<String> trail) {}

    @TestFactory
    Stream<DynamicContainer> everyLifeEndsTheSameWhereverTheReconcilerIsKilled() {
        Set<Step> never = EnumSet.allOf(Step.class);
        List<DynamicContainer> lives = Arrays.stream(Scenario.values()).map(scenario -> {
            Life undisturbed = undisturbed(scenario);
            never.removeAll(undisturbed.steps().keySet());
            return dynamicContainer(scenario.name(), undisturbed.steps().keySet().stream().map(step -> killedBefore(scenario, step, undisturbed)));
        }).toList();
        return Stream.concat(
                lives.stream(),
                Stream.of(dynamicContainer("all", Stream.of(dynamicTest("every step belongs to some life", () -> assertThat(never).isEmpty())))));
    }

    private DynamicTest killedBefore(Scenario scenario, Step step, Life undisturbed) {
        return dynamicTest("killed before " + step, () -> {
            Life life = live(scenario, step);
            assertThat(life.trail()).as("the trail").isEqualTo(undisturbed.trail());
        });
    }

    private Life undisturbed(Scenario scenario) {
        return live(scenario, null);
    }

    private Life live(Scenario scenario, @Nullable Step deadly) {
        SliceKey key = bench.queued(SliceBench.SEVENTH);
        Map<Step, Integer> taken = new LinkedHashMap<>();
        SliceReconciler reconciler = bench.reconciler((step, slice) -> {
            int time = taken.merge(step, 1, Integer::sum);
            if (step == deadly && KILLED_AT.contains(time)) {
                throw new Killed(step);
            }
        });
        Consumer<SliceKey> mortal = slice -> {
            try {
                reconciler.reconcile(slice);
            } catch (Killed death) {
                bench.claimEnds(slice);
            }
        };
        Scenario.Reconciling reconcile = done -> bench.until(mortal, key, done);
        try {
            scenario.live(bench, key, reconcile);
            reconcile.until(scenario.end());
            assertThat(deadly == null || taken.containsKey(deadly)).as("was killed").isTrue();
            bench.assertNothingLeft(key);
            return new Life(taken, bench.trail(key));
        } finally {
            bench.clock.backToNow();
            bench.simulated.faults().liftAll();
        }
    }

    @AfterEach
    void nobodyComplained() {
        assertThat(bench.quota().complaints()).isEmpty();
    }
}
