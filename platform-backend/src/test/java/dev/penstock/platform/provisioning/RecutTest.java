package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.platform.NodeGoal;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.cluster.MigConfig;
import dev.penstock.platform.cluster.NodeSeen;
import dev.penstock.platform.fleet.NodeOrders;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.simulators.cluster.fault.Fault;
import dev.penstock.simulators.cluster.fault.Fault.RequestMatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Consent to cut GPUs anew, carried out on a cluster with a MIG manager that may fail, falter or be slow. */
class RecutTest extends OrderedNodes {

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
        queued(WIDE);
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
        bench.cluster.with(A).addMigConfig(new MigConfig(others, List.of(SEVENTHS)), name -> true);
        Recut recut = recut();
        until(() -> order(recut.order()).path("state").asString().equals("DONE"), recut.stopped());
        String file = file();
        assertThat(file).as("of another installation").contains(others);
        assertThat(file).contains("all-1g.10gb", "all-disabled", Objects.requireNonNull(bench.node(recut.node()).migConfig()));
        assertThat(file.lines().filter(line -> line.strip().startsWith("penstock-") || line.strip().startsWith("\"penstock-"))).hasSize(2);
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

    private String file() {
        try (var client = Strangers.client(bench)) {
            return client.configMaps().inNamespace("gpu-operator").withName("custom-mig-config").require().getData().get("config.yaml");
        }
    }
}
