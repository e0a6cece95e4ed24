package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.platform.NodeGoal;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What administrators order of nodes, carried out by a reconciler that is stopped anywhere, overtaken, and refused. */
class NodeReconcilerTest extends OrderedNodes {

    @Test
    void aNodeIsClosedAndOpenedByWhoeverClosedIt() {
        String close = bench.order(A, NodeGoal.CLOSE, 0);
        assertThat(bench.node(A).schedulable()).as("only written down").isTrue();
        nodes.reconcile(A);
        assertThat(bench.node(A).schedulable()).isFalse();
        assertThat(order(close).path("state").asString()).isEqualTo("DONE");
        bench.observe();
        assertThat(profile(SliceBench.WHOLE).path("total").asInt()).as("offers nothing while it is closed").isEqualTo(1);

        String open = bench.order(A, NodeGoal.OPEN, 0);
        nodes.reconcile(A);
        assertThat(bench.node(A).schedulable()).isTrue();
        assertThat(order(open).path("state").asString()).isEqualTo("DONE");
        bench.observe();
        assertThat(profile(SliceBench.WHOLE).path("total").asInt()).isEqualTo(3);
        assertThat(trailOf(close)).containsExactly("node.order", "node.done");
    }

    @Test
    void whoeverIsOnANodeIsToldAndThenComesUpElsewhere() {
        SliceKey key = ready();
        String node = nodeOf(key);
        String order = bench.order(node, NodeGoal.EMPTY, 600);
        nodes.reconcile(node);
        slices.reconcile(key);
        Slice told = bench.slice(key);
        assertThat(told.state()).isEqualTo(SliceState.READY);
        assertThat(told.standing().reason()).startsWith("An administrator has node " + node + " emptied: a fan is loud. It is stopped and brought up elsewhere at ");
        nodes.reconcile(node);
        assertThat(order(order).path("remaining").asInt()).isEqualTo(1);
        assertThat(order(order).path("state").asString()).isEqualTo("EMPTYING");

        bench.passes(Duration.ofSeconds(601));
        Slice moved = bench.until(slices::reconcile, key, slice -> slice.phase() == 2 && slice.state() == SliceState.READY);
        assertThat(moved.standing().node()).isNotEqualTo(node);
        assertThat(moved.standing().reason()).isNull();
        nodes.reconcile(node);
        assertThat(order(order).path("state").asString()).isEqualTo("DONE");
        assertThat(order(order).path("remaining").asInt()).isZero();
        assertThat(bench.node(node).schedulable()).as("stays closed").isFalse();
        assertThat(bench.trail(key)).containsExactly("slice.queue", "slice.reserve", "slice.provision", "slice.ready", "slice.move", "slice.ready");

        release(key);
        Map<Integer, Long> booked = bench.quota().booked(key.slice());
        assertThat(booked.get(1)).as("to the second until it had to go").isBetween(600L, 660L);
    }

    /** The lease's end and the notice are both waited for; a drain that is replaced lets everybody stay. */
    @Test
    void whoIsToldStaysWhenTheNodeIsOpenedBefore() {
        SliceKey key = ready();
        String node = nodeOf(key);
        String empty = bench.order(node, NodeGoal.EMPTY, 600);
        nodes.reconcile(node);
        bench.until(slices::reconcile, key, slice -> slice.standing().reason() != null);
        bench.order(node, NodeGoal.OPEN, 0);
        nodes.reconcile(node);
        assertThat(order(empty).path("state").asString()).isEqualTo("REPLACED");
        bench.passes(Duration.ofSeconds(601));
        Slice stays = bench.until(slices::reconcile, key, slice -> slice.standing().reason() == null);
        assertThat(stays.phase()).isEqualTo(1);
        assertThat(bench.node(node).schedulable()).isTrue();
    }

    /** One that wanted to open the node, slept, and wakes after somebody ordered it closed: the node was changed since it looked. */
    @Test
    void whoSleptOverAnOrderToOpenDoesNotOpenWhatIsOrderedClosed() {
        bench.order(A, NodeGoal.CLOSE, 0);
        nodes.reconcile(A);
        bench.order(A, NodeGoal.OPEN, 0);
        NodeReconciler sleeper = bench.nodeReconciler((step, node) -> {
            if (step == NodeStep.OPEN) {
                String close = bench.order(A, NodeGoal.CLOSE, 0);
                nodes.reconcile(A);
                assertThat(order(close).path("state").asString()).isEqualTo("DONE");
            }
        });
        sleeper.reconcile(A);
        assertThat(bench.node(A).schedulable()).isFalse();
        bench.order(A, NodeGoal.OPEN, 0);
        nodes.reconcile(A);
    }

    /** One that slept between reading the order and looking at the node would act on the node as it is now, by what was ordered then. */
    @Test
    void whoSleptBeforeLookingDoesNotOpenWhatIsOrderedClosed() {
        bench.order(A, NodeGoal.CLOSE, 0);
        nodes.reconcile(A);
        bench.order(A, NodeGoal.OPEN, 0);
        List<String> overtaking = new ArrayList<>();
        bench.nodeReconciler((step, node) -> {
            if (step == NodeStep.LOOK) {
                overtaking.add(bench.order(A, NodeGoal.CLOSE, 0));
                nodes.reconcile(A);
            }
        }).reconcile(A);
        assertThat(overtaking).hasSize(1);
        assertThat(order(overtaking.getFirst()).path("state").asString()).isEqualTo("DONE");
        assertThat(bench.node(A).schedulable()).isFalse();
        bench.order(A, NodeGoal.OPEN, 0);
        nodes.reconcile(A);
    }

    /** Notice is for who works in it, also while it does not answer for a moment. */
    @Test
    void whoFaltersKeepsTheirNotice() {
        SliceKey key = ready();
        String node = nodeOf(key);
        bench.order(node, NodeGoal.EMPTY, 600);
        nodes.reconcile(node);
        bench.platform.sql("update platform.slice set version = version + 1, state = 'PROVISIONING' where id = '%s'".formatted(key.slice()));
        slices.reconcile(key);
        assertThat(bench.state(key)).isEqualTo(SliceState.READY);
        assertThat(bench.slice(key).phase()).isEqualTo(1);
        bench.passes(Duration.ofSeconds(601));
        bench.until(slices::reconcile, key, slice -> slice.phase() == 2 && slice.state() == SliceState.READY);
    }

    /** Cancelled before it came to the node, wherever it died on its way, and after: what was closed stays closed, and what was open is open. */
    @ParameterizedTest(name = "open before: {0}, killed before {1}")
    @CsvSource({
        "true, READ", "true, LOOK", "true, CLOSE", "true, RECORD_CLOSED", "true, COUNT", "true, OPEN", "true, RECORD_OPEN",
        "false, READ", "false, LOOK", "false, RECORD_FOUND_CLOSED", "false, CLOSE", "false, RECORD_CLOSED", "false, COUNT", "false, RECORD_OPEN"
    })
    void aDrainThatIsCancelledLeavesTheNodeAsItWas(boolean open, NodeStep deadly) {
        for (int lives : List.of(0, 1, 2)) {
            changed(A, node -> bench.cluster.schedulable(node, open, "somebody else"));
            String order = bench.order(A, NodeGoal.EMPTY, 600);
            IntStream.range(0, lives).forEach(life -> dying(life == 0 ? deadly : NodeStep.COUNT));
            assertThat(post(order, "cancel").text("state")).isEqualTo("OPENING");
            dying(deadly);
            nodes.reconcile(A);
            assertThat(order(order).path("state").asString()).isEqualTo("CANCELLED");
            assertThat(bench.node(A).schedulable()).as("after %d lives", lives).isEqualTo(open);
        }
    }

    /** The first of two drains closed the node, and the second was cancelled before or after it came there: nobody wants it closed any more. */
    @ParameterizedTest(name = "open before: {0}, the second came to the node: {1}")
    @CsvSource({"true, false", "true, true", "false, false", "false, true"})
    void aDrainThatReplacedADrainAndIsCancelledLeavesTheNodeAsTheFirstFoundIt(boolean open, boolean came) {
        changed(A, node -> bench.cluster.schedulable(node, open, "somebody else"));
        bench.order(A, NodeGoal.EMPTY, 600);
        dying(NodeStep.COUNT);
        String second = bench.order(A, NodeGoal.EMPTY, 300);
        if (came) {
            dying(NodeStep.COUNT);
        }
        post(second, "cancel");
        nodes.reconcile(A);
        assertThat(order(second).path("state").asString()).isEqualTo("CANCELLED");
        assertThat(bench.node(A).schedulable()).isEqualTo(open);
    }

    /** What closed it before was an order of ours: that one is the administrator's will still. */
    @Test
    void aDrainThatIsCancelledLeavesWhatWasOrderedClosedClosed() {
        bench.order(A, NodeGoal.CLOSE, 0);
        nodes.reconcile(A);
        String drain = bench.order(A, NodeGoal.EMPTY, 600);
        dying(NodeStep.COUNT);
        assertThat(order(drain).path("state").asString()).isEqualTo("EMPTYING");
        post(drain, "cancel");
        nodes.reconcile(A);
        assertThat(bench.node(A).schedulable()).isFalse();
        assertThat(trailOf(drain)).containsExactly("node.order", "node.emptying", "node.opening", "node.cancelled");
    }

    /** One that was about to close the node when the drain was cancelled is too late: the node was marked since. */
    @Test
    void whoSleptOverACancelDoesNotCloseTheNode() {
        String drain = bench.order(A, NodeGoal.EMPTY, 600);
        bench.nodeReconciler((step, node) -> {
            if (step == NodeStep.CLOSE) {
                post(drain, "cancel");
                nodes.reconcile(A);
            }
        }).reconcile(A);
        assertThat(order(drain).path("state").asString()).isEqualTo("CANCELLED");
        assertThat(bench.node(A).schedulable()).isTrue();
    }

    private void dying(NodeStep deadly) {
        try {
            bench.nodeReconciler((step, node) -> {
                // Nobody is on it: counting them would end the drain.
                if (step == deadly || step == NodeStep.COUNT) {
                    throw new Killed(step);
                }
            }).reconcile(A);
        } catch (Killed death) {
            assertThat(death.getMessage()).containsAnyOf(deadly.name(), NodeStep.COUNT.name());
        }
    }

    @TestFactory
    Stream<DynamicTest> whereverItIsKilledTheEndIsTheSame() {
        Map<NodeStep, Integer> passed = new LinkedHashMap<>();
        Outcome undisturbed = lived((step, node) -> passed.merge(step, 1, Integer::sum));
        everythingIsPutBack();
        Set<NodeStep> never = EnumSet.allOf(NodeStep.class);
        never.removeAll(passed.keySet());
        return Stream.concat(
                Stream.of(DynamicTest.dynamicTest("only failures are left to others", () -> assertThat(never).containsExactly(NodeStep.RECORD_FAILED, NodeStep.RECORD_OVERTAKEN, NodeStep.RECORD_FOUND_CLOSED))),
                HalfALife.apart(List.copyOf(passed.keySet())).map(deadly -> DynamicTest.dynamicTest("killed before " + deadly, () -> {
                    Map<NodeStep, Integer> times = new LinkedHashMap<>();
                    Outcome outcome = lived((step, node) -> {
                        if (Set.of(1, 3).contains(times.merge(step, 1, Integer::sum)) && deadly.contains(step)) {
                            throw new Killed(step);
                        }
                    });
                    everythingIsPutBack();
                    assertThat(times).as("came by").containsKeys(deadly.toArray(NodeStep[]::new));
                    assertThat(outcome).isEqualTo(undisturbed);
                })));
    }

    /** What is left when all is done. */
    private record Outcome(List<String> trail, boolean open, Map<String, Integer> offers, int phase) {}

    private Outcome lived(NodeSteps steps) {
        Recut recut = recut();
        NodeReconciler mortal = bench.nodeReconciler(steps);
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(10)).until(() -> {
            bench.observe();
            try {
                mortal.reconcile(recut.node());
            } catch (Killed death) {
                return false;
            }
            slices.reconcile(recut.stopped());
            return order(recut.order()).path("state").asString().equals("DONE") && bench.state(recut.stopped()) == SliceState.READY;
        });
        return new Outcome(trailOf(recut.order()), bench.node(recut.node()).schedulable(), offers(recut.node()), bench.slice(recut.stopped()).phase());
    }
}
