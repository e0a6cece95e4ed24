package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.simulators.cluster.fault.Fault;
import dev.penstock.simulators.cluster.fault.Fault.RequestMatch;
import dev.penstock.simulators.cluster.fault.Faults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Something goes wrong at each thing that is written to the cluster. Each life is lived once undisturbed, in a namespace that is made anew,
 * which lists its writes; then once for each of them: the cluster does it, the answer is lost, and the reconciler is dead. The end is the
 * same, the trail tells the same story, nothing is left, and the cluster was written to at most twice as often.
 *
 * <p>A write that several lives have is disturbed in the first of them, and in one life two writes are, half a life apart; with {@code -Dpenstock.long} each
 * is disturbed in each life, and alone, and also by each refusal.
 * That the reconciler dies between two steps is tried in {@link KilledAnywhereTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DisturbedWritesTest {

    private static final int MOST_WRITES_IN_A_TURN = 5;

    private static final boolean ALL = System.getProperty("penstock.long") != null;

    /** Some lives differ by what the reconciler happens to see first. */
    private static final int MOST_LIVES = 3;

    private static final Set<Step> PATCHING = EnumSet.of(
            Step.APPLY_NAMESPACE, Step.APPLY_CLAIM, Step.APPLY_POD, Step.APPLY_WORKSPACE, Step.APPLY_SERVER, Step.SHRINK_NAMESPACE);
    private static final Set<Step> DELETING = EnumSet.of(Step.DELETE_LEFTOVERS, Step.DELETE_UNPLACED, Step.DELETE_SERVER, Step.DELETE_PODS);

    private enum Disturbance {
        DEATH_BEFORE_THE_ANSWER, CONFLICT, BUSY, BROKEN;

        Fault of(String verb) {
            RequestMatch match = new RequestMatch(verb, "", "", "");
            return switch (this) {
                case DEATH_BEFORE_THE_ANSWER -> new Fault.LoseAnswer(match);
                case CONFLICT -> new Fault.Answer(match, 409, 0);
                case BUSY -> new Fault.Answer(match, 429, 0);
                case BROKEN -> new Fault.Answer(match, 500, 0);
            };
        }
    }

    private static final class Killed extends Error {

        private static final long serialVersionUID = 1L;

        Killed(Write at) {
            super("killed after " + at, null, false, false);
        }
    }

    /**
     * @param what runs on the slice
     * @param nth of this step's writes in this life
     */
    private record Write(String what, Step step, int nth) {

        @Override
        public String toString() {
            return what + " " + step + " " + nth;
        }
    }

    /**
     * @param count how often the cluster was written to
     * @param most of it in one turn of the reconciler
     */
    private record Life(List<Write> writes, List<String> trail, int count, int most) {}

    private final SliceBench bench = SliceBench.shared();

    @TestFactory
    Stream<DynamicContainer> everyLifeEndsTheSameWhicheverWriteGoesWrong() {
        Set<Write> tried = new HashSet<>();
        return Arrays.stream(Scenario.values()).map(scenario -> {
            Life undisturbed = new Living(scenario, List.of(), Disturbance.DEATH_BEFORE_THE_ANSWER).live();
            List<Write> writes = undisturbed.writes().stream().filter(write -> tried.add(write) || ALL).toList();
            return dynamicContainer(scenario.name(), Stream.concat(
                    Stream.of(dynamicTest("at most five writes in a turn", () -> assertThat(undisturbed.most()).isLessThanOrEqualTo(MOST_WRITES_IN_A_TURN))),
                    HalfALife.apart(writes).flatMap(some -> ways().map(way -> disturbed(scenario, some, way, undisturbed)))));
        });
    }

    private static Stream<Disturbance> ways() {
        return ALL ? Arrays.stream(Disturbance.values()) : Stream.of(Disturbance.DEATH_BEFORE_THE_ANSWER);
    }

    private DynamicTest disturbed(Scenario scenario, List<Write> some, Disturbance way, Life undisturbed) {
        return dynamicTest(way + " at " + some, () -> {
            Set<Write> left = new LinkedHashSet<>(some);
            for (int lives = 0; !left.isEmpty() && lives < MOST_LIVES; lives++) {
                Living living = new Living(scenario, left, way);
                Life life = living.live();
                assertThat(life.trail()).as("the trail").isEqualTo(undisturbed.trail());
                assertThat(life.count()).as("written").isLessThanOrEqualTo(2 * undisturbed.count());
                left.removeAll(living.struck);
            }
            assumeThat(left).as("not come by").isEmpty();
        });
    }

    /** One life, disturbed once at each of some writes. */
    private final class Living {

        private final Scenario scenario;
        private final Set<Write> disturbed;
        private final Disturbance way;
        private final Set<Write> struck = new HashSet<>();
        private final List<Write> writes = new ArrayList<>();
        private final Map<Step, Integer> nth = new EnumMap<>(Step.class);
        private Faults.@Nullable Active armed;
        private @Nullable Step writing;
        private int writtenBefore;
        private int beforeTheTurn;
        private int most;

        Living(Scenario scenario, Collection<Write> disturbed, Disturbance way) {
            this.scenario = scenario;
            this.disturbed = Set.copyOf(disturbed);
            this.way = way;
        }

        Life live() {
            bench.removeNamespace();
            bench.simulated.auditLog().forget();
            SliceKey key = scenario.begin(bench);
            Slice begun = bench.slice(key);
            SliceReconciler reconciler = bench.reconciler((step, slice) -> at(begun, step));
            Consumer<SliceKey> mortal = slice -> {
                try {
                    beforeTheTurn = written();
                    reconciler.reconcile(slice);
                    most = Math.max(most, written() - beforeTheTurn);
                } catch (Killed death) {
                    bench.claimEnds(slice);
                }
            };
            Scenario.Reconciling reconcile = end -> bench.until(mortal, key, end);
            try {
                scenario.live(bench, key, reconcile);
                reconcile.until(scenario.end());
                bench.assertNothingLeft(key);
                return new Life(writes, bench.trail(key), written(), most);
            } finally {
                bench.clock.backToNow();
                bench.simulated.faults().liftAll();
            }
        }

        private void at(Slice begun, Step step) {
            if (writing != null) {
                after(Scenario.what(begun, writing), writing);
            }
            writing = PATCHING.contains(step) || DELETING.contains(step) ? step : null;
            writtenBefore = written();
            if (writing != null && isAimedAt(next(Scenario.what(begun, step), step))) {
                armed = bench.simulated.faults().add(way.of(PATCHING.contains(step) ? "patch" : "delete"), 1, null);
            }
        }

        private boolean isAimedAt(Write write) {
            return disturbed.contains(write) && !struck.contains(write);
        }

        /** The step is over: did it write, and did that go wrong? */
        private void after(String what, Step step) {
            Faults.Active fault = armed;
            armed = null;
            boolean failed = fault != null && !bench.simulated.faults().lift(fault.id());
            Write write = next(what, step);
            if (failed || written() > writtenBefore) {
                writes.add(write);
                nth.merge(step, 1, Integer::sum);
            }
            if (!failed) {
                return;
            }
            struck.add(write);
            if (way == Disturbance.DEATH_BEFORE_THE_ANSWER) {
                writing = null;
                throw new Killed(write);
            }
        }

        private Write next(String what, Step step) {
            return new Write(what, step, nth.getOrDefault(step, 0) + 1);
        }

        /** By us, in the project's namespace or to it. */
        private int written() {
            return (int) bench.simulated.auditLog().entries().stream()
                    .filter(entry -> entry.writes() && entry.carriedOut())
                    .filter(entry -> entry.namespace().equals(bench.namespace()) || entry.name().equals(bench.namespace()))
                    .count();
        }
    }
}
