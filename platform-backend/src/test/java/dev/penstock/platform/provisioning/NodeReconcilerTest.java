package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.platform.NodeGoal;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.cluster.Cluster.Deletion;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.MigConfig;
import dev.penstock.platform.cluster.NodeSeen;
import dev.penstock.platform.fleet.NodeOrders;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.AuditRow;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.simulators.cluster.fault.Fault;
import dev.penstock.simulators.cluster.fault.Fault.RequestMatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What administrators order of nodes, carried out on a cluster with a MIG manager: by a reconciler that is stopped anywhere, overtaken, and refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeReconcilerTest {

    private static final String A = "gpu-a";
    private static final String B = "gpu-b";
    private static final String WIDE = "h100-80.1g.20gb";
    private static final Map<String, Integer> SEVENTHS = Map.of("1g.10gb", 7);

    private SliceBench bench;
    private NodeReconciler nodes;
    private SliceReconciler slices;
    private int restored;
    private final List<SliceKey> live = new ArrayList<>();

    @BeforeAll
    void start() {
        bench = SliceBench.still();
        nodes = bench.nodeReconciler((step, node) -> {});
        slices = bench.reconciler((step, slice) -> {});
    }

    @AfterAll
    void stop() {
        bench.close();
    }

    @BeforeEach
    void bothNodesAreAsTheyWereDelivered() {
        bench.clock.backToNow();
        assertThat(offers(A)).isEqualTo(Map.of("nvidia.com/mig-1g.10gb", 7, "nvidia.com/gpu", 2));
        assertThat(offers(B)).isEqualTo(Map.of("nvidia.com/mig-1g.10gb", 7, "nvidia.com/gpu", 1));
        assertThat(List.of(A, B)).allMatch(node -> bench.node(node).schedulable());
    }

    @AfterEach
    void everythingIsPutBack() {
        bench.simulated.faults().liftAll();
        bench.clock.backToNow();
        bench.platform.sql("update platform.node_order set state = case goal when 'RECUT' then 'GIVEN_UP' else 'REPLACED' end, ended_at = now(), version = version + 1 where ended_at is null");
        live.stream().filter(key -> bench.state(key).live()).forEach(key -> {
            bench.release(key);
            bench.until(slices::reconcile, key, slice -> !slice.state().live());
        });
        live.clear();
        putBack(A, List.of(SEVENTHS, Map.of(), Map.of()));
        putBack(B, List.of(SEVENTHS, Map.of()));
        bench.observe();
    }

    /** Dies at a step. An Error, so that nothing that is there to handle failures can handle it. */
    private static final class Killed extends Error {

        private static final long serialVersionUID = 1L;

        Killed(NodeStep at) {
            super("killed before " + at, null, false, false);
        }
    }

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

    @Test
    void aPlanIsCarriedOutAndWhoWaitedGetsTheirPart() {
        Recut recut = recut();
        until(() -> order(recut.order()).path("state").asString().equals("DONE"), recut.stopped());
        assertThat(bench.node(recut.node()).schedulable()).isTrue();
        assertThat(offers(recut.node())).isEqualTo(Map.of(
                "nvidia.com/mig-1g.10gb", 7, "nvidia.com/mig-4g.40gb", 1, "nvidia.com/mig-2g.20gb", 1, "nvidia.com/mig-1g.20gb", 1, "nvidia.com/gpu", 1));
        Slice back = bench.until(slices::reconcile, recut.stopped(), slice -> slice.state() == SliceState.READY);
        assertThat(back.standing().node()).as("the only node that takes pods").isEqualTo(recut.node());
        assertThat(back.phase()).isEqualTo(2);
        bench.until(slices::reconcile, recut.waiting(), slice -> slice.state() == SliceState.READY);
        assertThat(trailOf(recut.order())).containsExactly("node.order", "node.emptying", "node.cutting", "node.opening", "node.done");
    }

    @TestFactory
    Stream<DynamicTest> whereverItIsKilledTheEndIsTheSame() {
        Map<NodeStep, Integer> passed = new LinkedHashMap<>();
        Outcome undisturbed = lived((step, node) -> passed.merge(step, 1, Integer::sum));
        everythingIsPutBack();
        Set<NodeStep> never = EnumSet.allOf(NodeStep.class);
        never.removeAll(passed.keySet());
        return Stream.concat(
                Stream.of(DynamicTest.dynamicTest("only failures are left to others", () -> assertThat(never).containsExactly(NodeStep.RECORD_FAILED, NodeStep.RECORD_OVERTAKEN))),
                passed.keySet().stream().map(deadly -> DynamicTest.dynamicTest("killed before " + deadly, () -> {
                    Map<NodeStep, Integer> times = new LinkedHashMap<>();
                    Outcome outcome = lived((step, node) -> {
                        if (step == deadly && Set.of(1, 3).contains(times.merge(step, 1, Integer::sum))) {
                            throw new Killed(step);
                        }
                    });
                    everythingIsPutBack();
                    assertThat(times).as("came by").containsKey(deadly);
                    assertThat(outcome).isEqualTo(undisturbed);
                })));
    }

    @Test
    void whatTheClusterRefusesForAWhileOnlyCostsTime() {
        Recut recut = recut();
        for (RequestMatch match : List.of(new RequestMatch("patch", "nodes", "", ""), new RequestMatch("update", "configmaps", "", ""), new RequestMatch("get", "nodes", "", ""))) {
            bench.simulated.faults().add(new Fault.Answer(match, 503, 0), 2, null);
            bench.simulated.faults().add(new Fault.LoseAnswer(match), 2, null);
        }
        until(() -> order(recut.order()).path("state").asString().equals("DONE"), recut.stopped());
        assertThat(trailOf(recut.order())).containsExactly("node.order", "node.emptying", "node.cutting", "node.opening", "node.done");
    }

    @Test
    void aPlanThatTheFleetHasOvertakenIsRefusedWithWhatChanged() {
        SliceKey key = onOneNode();
        bench.queued(WIDE);
        JsonNode shown = proposal();
        bench.order(nodeOf(key), NodeGoal.CLOSE, 0);
        Answer refused = consent(shown, bench.platform.nextId().toString());
        assertThat(refused.code()).isEqualTo("changed_meanwhile");
        assertThat(refused.text("detail")).contains(nodeOf(key) + " would not be cut any more", "1 of those shown would not be stopped any more");
        assertThat(bench.platform.sql("update platform.node_order set version = version where goal = 'RECUT' and ended_at is null")).isZero();
    }

    @Test
    void consentIsGivenOnce() {
        Recut recut = recut();
        Answer again = consent(recut.shown(), recut.repack());
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).hasSize(1);
        assertThat(again.body().get(0).path("id").asString()).isEqualTo(recut.order());
        assertThat(post(recut.order(), "retry").code()).isEqualTo("wrong_state");
        Answer other = bench.platform.put("/api/fleet/orders/" + bench.platform.nextId(), bench.platform.admin(), Map.of("node", recut.node(), "goal", "OPEN", "noticeSeconds", 0));
        assertThat(other.code()).as("it is not opened under the MIG manager's hands").isEqualTo("wrong_state");
        Answer byHand = bench.platform.put("/api/fleet/orders/" + bench.platform.nextId(), bench.platform.admin(), Map.of("node", recut.node(), "goal", "RECUT", "noticeSeconds", 0));
        assertThat(byHand.code()).isEqualTo("invalid_input");
    }

    @Test
    void untilTheLabelIsWrittenItCanBeCancelled() {
        Recut recut = recut();
        nodes.reconcile(recut.node());
        assertThat(order(recut.order()).path("state").asString()).isEqualTo("EMPTYING");
        assertThat(post(recut.order(), "cancel").text("state")).isEqualTo("OPENING");
        assertThat(post(recut.order(), "cancel").text("state")).as("again").isEqualTo("OPENING");
        nodes.reconcile(recut.node());
        assertThat(order(recut.order()).path("state").asString()).isEqualTo("CANCELLED");
        assertThat(bench.node(recut.node()).schedulable()).isTrue();
        assertThat(bench.node(recut.node()).migState()).isEqualTo("success");
        assertThat(offers(recut.node())).doesNotContainKey("nvidia.com/mig-1g.20gb");
        bench.until(slices::reconcile, recut.stopped(), slice -> slice.state() == SliceState.READY);
    }

    @Test
    void whenTheMigManagerFailsTheNodeStaysClosedAndSaysSoUntilSomebodyDecides() {
        Recut recut = recut();
        Fault fails = new Fault.MigFails(recut.node());
        bench.simulated.faults().add(fails);
        until(() -> order(recut.order()).path("state").asString().equals("FAILED"), recut.stopped());
        assertThat(order(recut.order()).path("words").asString()).startsWith("The MIG manager failed");
        assertThat(bench.node(recut.node()).schedulable()).isFalse();
        assertThat(post(recut.order(), "cancel").code()).isEqualTo("wrong_state");
        Slice keeps = bench.until(slices::reconcile, recut.stopped(), slice -> "GPUs are being cut anew; it comes up when they are.".equals(slice.standing().reason()));
        assertThat(bench.platform.context().getBean(NodeOrders.class).emptying(recut.node())).as("who came because a person opened it stays").isEmpty();
        bench.passes(Duration.ofMinutes(5));
        slices.reconcile(keeps.key());
        assertThat(bench.state(keeps.key())).as("does not give its part back").isEqualTo(SliceState.PROVISIONING);

        // Failing again is noticed again, although the label of the first failure was there when the second began.
        String first = Objects.requireNonNull(bench.node(recut.node()).migConfig());
        assertThat(post(recut.order(), "retry").text("state")).isEqualTo("EMPTYING");
        until(() -> order(recut.order()).path("state").asString().equals("FAILED"), recut.stopped());
        assertThat(bench.node(recut.node()).migConfig()).isNotEqualTo(first);
        bench.simulated.faults().liftAll();
        post(recut.order(), "retry");
        until(() -> order(recut.order()).path("state").asString().equals("DONE"), recut.stopped());
        assertThat(bench.node(recut.node()).schedulable()).isTrue();
        bench.until(slices::reconcile, recut.stopped(), slice -> slice.state() == SliceState.READY);
    }

    @Test
    void whatFailedIsGivenUpAndTheNodeStaysClosed() {
        Recut recut = recut();
        bench.simulated.faults().add(new Fault.MigFails(recut.node()));
        until(() -> order(recut.order()).path("state").asString().equals("FAILED"), recut.stopped());
        assertThat(post(recut.order(), "give-up").text("state")).isEqualTo("GIVEN_UP");
        nodes.reconcile(recut.node());
        assertThat(bench.node(recut.node()).schedulable()).isFalse();
        bench.order(recut.node(), NodeGoal.OPEN, 0);
        nodes.reconcile(recut.node());
        assertThat(bench.node(recut.node()).schedulable()).isTrue();
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

    @Test
    void whoCameUpSinceTheConsentIsNotStopped() {
        Recut recut = recut();
        SliceKey came = ready();
        assertThat(nodeOf(came)).isEqualTo(A);
        nodes.reconcile(A);
        assertThat(order(recut.order()).path("state").asString()).isEqualTo("CANCELLED");
        assertThat(order(recut.order()).path("words").asString()).startsWith("Somebody came up on the node after this was consented to");
        assertThat(bench.node(A).schedulable()).isTrue();
        assertThat(trailOf(recut.order())).containsExactly("node.order", "node.emptying", "node.opening", "node.cancelled");
        bench.observe();
        for (SliceKey key : List.of(came, recut.stopped())) {
            slices.reconcile(key);
            assertThat(bench.state(key)).isEqualTo(SliceState.READY);
            assertThat(bench.slice(key).phase()).isEqualTo(1);
        }
    }

    @Test
    void whatSomebodyElseClosedSinceTheConsentStaysClosedAndIsNotCut() {
        Recut recut = recut();
        changed(A, node -> bench.cluster.schedulable(node, false, "somebody else"));
        nodes.reconcile(A);
        assertThat(order(recut.order()).path("state").asString()).isEqualTo("CANCELLED");
        assertThat(order(recut.order()).path("words").asString()).startsWith("Somebody else closed the node");
        assertThat(bench.node(A).schedulable()).isFalse();
    }

    /** While it is cut it cannot be cancelled: so it ends by itself, whatever the cluster says. */
    @Test
    void whatCannotBeToldToTheMigManagerFailsInTime() {
        Recut recut = toBeLabelled();
        Fault refused = new Fault.Answer(new RequestMatch("patch", "nodes", "", ""), 403, 0);
        bench.simulated.faults().add(refused, 1000, null);
        nodes.reconcile(A);
        assertThat(order(recut.order()).path("state").asString()).isEqualTo("CUTTING");
        bench.passes(Duration.ofMinutes(31));
        nodes.reconcile(A);
        assertThat(order(recut.order()).path("state").asString()).isEqualTo("FAILED");
        assertThat(order(recut.order()).path("words").asString()).startsWith("It takes too long. ");
    }

    @Test
    void aNodeThatVanishesWhileItIsCutFailsInTime() {
        Recut recut = toBeLabelled();
        bench.simulated.faults().add(new Fault.Answer(new RequestMatch("get", "nodes", "", A), 404, 0), 1000, null);
        nodes.reconcile(A);
        assertThat(order(recut.order()).path("state").asString()).isEqualTo("CUTTING");
        bench.passes(Duration.ofMinutes(31));
        nodes.reconcile(A);
        assertThat(order(recut.order()).path("state").asString()).isEqualTo("FAILED");
        assertThat(order(recut.order()).path("words").asString()).isEqualTo("It takes too long. The cluster has no node " + A + " now.");
    }

    /** What it says of the configuration before would be read as said of the next. */
    @Test
    void aMigManagerThatIsStillAtSomethingIsToldLater() {
        Recut recut = toBeLabelled();
        String before = Objects.requireNonNull(bench.node(A).migConfig());
        migState("rebooting");
        nodes.reconcile(A);
        assertThat(order(recut.order()).path("words").asString()).isEqualTo("The MIG manager is still at what it was told before: rebooting.");
        assertThat(bench.node(A).migConfig()).isEqualTo(before);
        migState("success");
        until(() -> order(recut.order()).path("state").asString().equals("DONE"), recut.stopped());
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

    /** Told of the same configuration again the MIG manager says nothing more, so what is left would be its word of before. */
    @Test
    void whatTheMigManagerSaidOfAnEarlierConfigurationGoesWithTheLabel() {
        NodeSeen before = bench.node(B);
        assertThat(before.migState()).isEqualTo("success");
        bench.cluster.cut(before, Objects.requireNonNull(before.migConfig()), "an order");
        assertThat(bench.node(B).migState()).isNull();
        changed(B, node -> bench.cluster.cut(node, "penstock-of-no-file", "an order"));
        bench.waitFor(() -> "failed".equals(bench.node(B).migState()));
    }

    /** What others put into the MIG manager's file stays; what was ours and nobody uses any more goes. */
    @Test
    void theMigManagersFileIsAddedTo() {
        String others = "penstock-00000000000000000000000000000000-1";
        bench.cluster.addMigConfig(new MigConfig(others, List.of(SEVENTHS)), name -> true);
        Recut recut = recut();
        until(() -> order(recut.order()).path("state").asString().equals("DONE"), recut.stopped());
        String file = file();
        assertThat(file).as("of another installation").contains(others);
        assertThat(file).contains("all-1g.10gb", "all-disabled", Objects.requireNonNull(bench.node(recut.node()).migConfig()));
        assertThat(file.lines().filter(line -> line.strip().startsWith("penstock-") || line.strip().startsWith("\"penstock-"))).hasSize(2);
    }

    /** @param node that is cut; one slice is on it and stopped, another waits for what it is cut into */
    private record Recut(String node, String order, String repack, JsonNode shown, SliceKey stopped, SliceKey waiting) {}

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

    private Recut recut() {
        SliceKey stopped = onOneNode();
        SliceKey waiting = queued(WIDE);
        JsonNode shown = proposal();
        assertThat(shown.path("stopped")).hasSize(1);
        String repack = bench.platform.nextId().toString();
        Answer made = consent(shown, repack);
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        assertThat(made.body()).hasSize(1);
        return new Recut(made.body().get(0).path("node").asString(), made.body().get(0).path("id").asString(), repack, shown, stopped, waiting);
    }

    /** Everybody has left, and the MIG manager was not told yet. */
    private Recut toBeLabelled() {
        Recut recut = recut();
        NodeReconciler mortal = bench.nodeReconciler((step, node) -> {
            if (step == NodeStep.WRITE_LABEL) {
                throw new Killed(step);
            }
        });
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(10)).until(() -> {
            bench.observe();
            try {
                mortal.reconcile(recut.node());
            } catch (Killed death) {
                return true;
            }
            slices.reconcile(recut.stopped());
            return false;
        });
        return recut;
    }

    private void migState(String state) {
        try (var client = Strangers.client(bench)) {
            client.nodes().withName(A).edit(node -> node.edit().editMetadata().addToLabels("nvidia.com/mig.config.state", state).endMetadata().build());
        }
    }

    /** On gpu-a; the other node takes no pods, so a plan has to stop it. */
    private SliceKey onOneNode() {
        bench.cluster.schedulable(bench.node(B), false, "somebody else");
        bench.observe();
        SliceKey key = ready();
        assertThat(nodeOf(key)).isEqualTo(A);
        return key;
    }

    private SliceKey ready() {
        SliceKey key = queued(SliceBench.SEVENTH);
        bench.until(slices::reconcile, key, slice -> slice.state() == SliceState.READY);
        return key;
    }

    private SliceKey queued(String profile) {
        SliceKey key = bench.queued(profile);
        live.add(key);
        return key;
    }

    private void release(SliceKey key) {
        bench.release(key);
        bench.until(slices::reconcile, key, slice -> slice.state() == SliceState.RELEASED);
    }

    private JsonNode proposal() {
        bench.observe();
        return bench.platform.get("/api/fleet/repack?mostStopped=5", bench.platform.admin()).body();
    }

    private Answer consent(JsonNode shown, String repack) {
        return bench.platform.put("/api/fleet/repacks/" + repack, bench.platform.admin(), Map.of(
                "mostStopped", 5,
                "fingerprint", shown.path("fingerprint").asString(),
                "nodes", texts(shown.path("recuts"), "node"),
                "stopped", texts(shown.path("stopped"), "slice"),
                "noticeSeconds", 0,
                "reason", "for a wide one"));
    }

    private static List<String> texts(JsonNode list, String member) {
        return StreamSupport.stream(list.spliterator(), false).map(each -> each.path(member).asString()).toList();
    }

    private void until(BooleanSupplier done, SliceKey key) {
        Consumer<SliceKey> both = slice -> {
            nodes.reconcile(A);
            slices.reconcile(slice);
        };
        bench.until(both, key, slice -> done.getAsBoolean());
    }

    private Answer post(String order, String verb) {
        return bench.platform.call("POST", "/api/fleet/orders/" + order + "/" + verb, bench.platform.admin(), null);
    }

    private JsonNode order(String id) {
        JsonNode all = bench.platform.get("/api/fleet/orders", bench.platform.admin()).body();
        return StreamSupport.stream(all.spliterator(), false).filter(order -> order.path("id").asString().equals(id)).findFirst().orElseThrow();
    }

    private List<String> trailOf(String order) {
        return bench.platform.trail(nodeNameOf(order)).stream().filter(row -> String.valueOf(row.after()).contains(order)).map(AuditRow::action).toList();
    }

    private String nodeNameOf(String order) {
        return order(order).path("node").asString();
    }

    private JsonNode profile(String id) {
        JsonNode all = bench.platform.get("/api/slice-profiles", bench.platform.admin()).body();
        return StreamSupport.stream(all.spliterator(), false).filter(profile -> profile.path("id").asString().equals(id)).findFirst().orElseThrow();
    }

    private String nodeOf(SliceKey key) {
        return Objects.requireNonNull(bench.slice(key).standing().node());
    }

    private Map<String, Integer> offers(String node) {
        Map<String, Integer> offers = new TreeMap<>(bench.node(node).allocatable());
        offers.values().removeIf(count -> count == 0);
        return offers;
    }

    private String file() {
        try (var client = Strangers.client(bench)) {
            return client.configMaps().inNamespace("gpu-operator").withName("custom-mig-config").require().getData().get("config.yaml");
        }
    }

    /** Past the program: as if nothing had been ordered. */
    private void putBack(String name, List<Map<String, Integer>> cut) {
        Map<String, Integer> delivered = Map.of("nvidia.com/mig-1g.10gb", 7, "nvidia.com/gpu", cut.size() - 1);
        if (!offers(name).equals(delivered) || String.valueOf(bench.node(name).migConfig()).startsWith("penstock-")) {
            bench.cluster.pods("penstock").forEach(pod -> bench.cluster.delete(pod, Deletion.AT_ONCE));
            String config = "as-delivered-" + name + "-" + ++restored;
            bench.cluster.addMigConfig(new MigConfig(config, cut), other -> !other.startsWith("as-delivered-"));
            changed(name, node -> bench.cluster.cut(node, config, "put back"));
            bench.waitFor(() -> "success".equals(bench.node(name).migState()) && offers(name).equals(delivered));
        }
        if (!bench.node(name).schedulable()) {
            changed(name, node -> bench.cluster.schedulable(node, true, "put back"));
        }
    }

    private void changed(String name, Consumer<NodeSeen> change) {
        bench.waitFor(() -> {
            try {
                change.accept(bench.node(name));
                return true;
            } catch (ClusterFailure changedMeanwhile) {
                return false;
            }
        });
    }
}
