package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.slice.Interruption;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceKey;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The reconciler is killed between any two steps. Each life is lived once undisturbed, which lists its places: a step, and the state of the
 * slice before it. Then it is lived again and again, until the reconciler has died in each of these places, the first and the third time it comes
 * by; dying before a step is dying after the effect of the one before. Whoever comes after finds the claim of the dead and waits for its end. However
 * often it is killed, the end is the same, the trail tells the same story, and
 * nothing is left: not on the cluster, not at quota-service, not in the count of parts.
 *
 * <p>A place that several lives pass is deadly in the first of them, and in one life two places are, half a life apart: what has come after the one is long
 * settled when the other is reached. With {@code -Dpenstock.long} each place is deadly in each life, and alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledAnywhereTest {

    /** The first time; then, after it was taken once, the next time: between two of the same, or in another state of the slice. */
    private static final Set<Integer> KILLED_AT = Set.of(1, 3);

    /** Some places are passed only when the reconciler looks at the right moment. */
    private static final int MOST_LIVES = 3;

    private static final boolean ALL = System.getProperty("penstock.long") != null;

    private final SliceBench bench = SliceBench.shared();

    /** Dies at a step. An Error, so that nothing that is there to handle failures can handle it. */
    private static final class Killed extends Error {

        private static final long serialVersionUID = 1L;

        Killed(Place at) {
            super("killed " + at, null, false, false);
        }
    }

    /**
     * @param what runs on the slice: a model server goes other ways than a workspace, and one with a claim of devices than one without
     * @param comesBack whether it is being taken down, but not for good
     * @param interrupted whether it has notice, or its lease stands or stood still
     */
    private record Place(String what, SliceState state, boolean comesBack, boolean interrupted, Step step) {

        @Override
        public String toString() {
            return what + " " + state + (comesBack ? " that comes back" : "") + (interrupted ? ", interrupted," : "") + " before " + step;
        }
    }

    /** A life as it was lived: how often it passed each place, and the trail. */
    private record Life(Map<Place, Integer> places, List<String> trail) {}

    @TestFactory
    Stream<DynamicContainer> everyLifeEndsTheSameWhereverTheReconcilerIsKilled() {
        Set<Step> never = EnumSet.allOf(Step.class);
        Set<Step> survived = EnumSet.allOf(Step.class);
        Set<Place> deadly = new HashSet<>();
        List<DynamicContainer> lives = Arrays.stream(Scenario.values()).map(scenario -> {
            Life undisturbed = undisturbed(scenario);
            undisturbed.places().keySet().forEach(place -> never.remove(place.step()));
            List<Place> places = undisturbed.places().keySet().stream().filter(place -> deadly.add(place) || ALL).toList();
            List<DynamicTest> deaths = HalfALife.apart(places).map(where -> killed(scenario, where, undisturbed, survived)).toList();
            return dynamicContainer(scenario.name(), deaths);
        }).toList();
        return Stream.concat(
                lives.stream(),
                Stream.of(dynamicContainer("all", Stream.of(
                        dynamicTest("every step belongs to some life", () -> assertThat(never).isEmpty()),
                        dynamicTest("every step was deadly", () -> assertThat(survived).isEmpty())))));
    }

    private DynamicTest killed(Scenario scenario, List<Place> deadly, Life undisturbed, Set<Step> survived) {
        return dynamicTest("killed " + deadly, () -> {
            Set<Place> left = new LinkedHashSet<>(deadly);
            for (int lives = 0; !left.isEmpty() && lives < MOST_LIVES; lives++) {
                Life life = live(scenario, Set.copyOf(left));
                assertThat(life.trail()).as("the trail").isEqualTo(undisturbed.trail());
                left.removeAll(life.places().keySet());
            }
            deadly.stream().filter(place -> !left.contains(place)).forEach(place -> survived.remove(place.step()));
            assumeThat(left).as("not come by").isEmpty();
        });
    }

    private Life undisturbed(Scenario scenario) {
        return live(scenario, Set.of());
    }

    private Life live(Scenario scenario, Set<Place> deadly) {
        SliceKey key = scenario.begin(bench);
        Map<Place, Integer> passed = new LinkedHashMap<>();
        SliceReconciler reconciler = bench.reconciler((step, slice) -> {
            Slice now = bench.slice(slice);
            Place place = new Place(Scenario.what(now, step), now.state(), now.isSteppingAside(), !now.standing().interruption().equals(Interruption.NONE), step);
            int time = passed.merge(place, 1, Integer::sum);
            if (deadly.contains(place) && KILLED_AT.contains(time)) {
                throw new Killed(place);
            }
        });
        Consumer<SliceKey> mortal = slice -> {
            try {
                reconciler.reconcile(slice);
            } catch (Killed death) {
                bench.claimEnds(slice);
            }
        };
        Scenario.Reconciling reconcile = end -> bench.until(mortal, key, end);
        try {
            scenario.live(bench, key, reconcile);
            reconcile.until(scenario.end());
            bench.assertNothingLeft(key);
            return new Life(passed, bench.trail(key));
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
