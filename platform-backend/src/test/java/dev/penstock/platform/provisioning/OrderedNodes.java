package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.cluster.Cluster.Deletion;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.MigConfig;
import dev.penstock.platform.cluster.NodeSeen;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.AuditRow;
import dev.penstock.platform.slice.SliceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** Two nodes of a cluster with a MIG manager, and what is ordered of them. After each test both are as they were delivered. */
abstract class OrderedNodes {

    static final String A = "gpu-a";
    static final String B = "gpu-b";
    static final String WIDE = "h100-80.1g.20gb";
    static final Map<String, Integer> SEVENTHS = Map.of("1g.10gb", 7);

    final SliceBench bench = SliceBench.shared();
    final NodeReconciler nodes = bench.nodeReconciler((step, node) -> {});
    final SliceReconciler slices = bench.reconciler((step, slice) -> {});
    /** Of a name of its own each: the MIG manager acts when the label changes. */
    private static int restored;
    final List<SliceKey> live = new ArrayList<>();

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
    static final class Killed extends Error {

        private static final long serialVersionUID = 1L;

        Killed(NodeStep at) {
            super("killed before " + at, null, false, false);
        }
    }

    /** @param node that is cut; one slice is on it and stopped, another waits for what it is cut into */
    record Recut(String node, String order, String repack, JsonNode shown, SliceKey stopped, SliceKey waiting) {}

    Recut recut() {
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

    /** On gpu-a; the other node takes no pods, so a plan has to stop it. */
    SliceKey onOneNode() {
        bench.cluster.schedulable(bench.node(B), false, "somebody else");
        bench.observe();
        SliceKey key = ready();
        assertThat(nodeOf(key)).isEqualTo(A);
        return key;
    }

    SliceKey ready() {
        SliceKey key = queued(SliceBench.SEVENTH);
        bench.until(slices::reconcile, key, slice -> slice.state() == SliceState.READY);
        return key;
    }

    SliceKey queued(String profile) {
        SliceKey key = bench.queued(profile);
        live.add(key);
        return key;
    }

    void release(SliceKey key) {
        bench.release(key);
        bench.until(slices::reconcile, key, slice -> slice.state() == SliceState.RELEASED);
    }

    JsonNode proposal() {
        bench.observe();
        return bench.platform.get("/api/fleet/repack?mostStopped=5", bench.platform.admin()).body();
    }

    Answer consent(JsonNode shown, String repack) {
        return bench.platform.put("/api/fleet/repacks/" + repack, bench.platform.admin(), Map.of(
                "mostStopped", 5,
                "fingerprint", shown.path("fingerprint").asString(),
                "nodes", texts(shown.path("recuts"), "node"),
                "stopped", texts(shown.path("stopped"), "slice"),
                "noticeSeconds", 0,
                "reason", "for a wide one"));
    }

    static List<String> texts(JsonNode list, String member) {
        return StreamSupport.stream(list.spliterator(), false).map(each -> each.path(member).asString()).toList();
    }

    void until(BooleanSupplier done, SliceKey key) {
        Consumer<SliceKey> both = slice -> {
            nodes.reconcile(A);
            slices.reconcile(slice);
        };
        bench.until(both, key, slice -> done.getAsBoolean());
    }

    Answer post(String order, String verb) {
        return bench.platform.call("POST", "/api/fleet/orders/" + order + "/" + verb, bench.platform.admin(), null);
    }

    JsonNode order(String id) {
        JsonNode all = bench.platform.get("/api/fleet/orders", bench.platform.admin()).body();
        return StreamSupport.stream(all.spliterator(), false).filter(order -> order.path("id").asString().equals(id)).findFirst().orElseThrow();
    }

    List<String> trailOf(String order) {
        return bench.platform.trail(nodeNameOf(order)).stream().filter(row -> String.valueOf(row.after()).contains(order)).map(AuditRow::action).toList();
    }

    String nodeNameOf(String order) {
        return order(order).path("node").asString();
    }

    JsonNode profile(String id) {
        JsonNode all = bench.platform.get("/api/slice-profiles", bench.platform.admin()).body();
        return StreamSupport.stream(all.spliterator(), false).filter(profile -> profile.path("id").asString().equals(id)).findFirst().orElseThrow();
    }

    String nodeOf(SliceKey key) {
        return Objects.requireNonNull(bench.slice(key).standing().node());
    }

    Map<String, Integer> offers(String node) {
        Map<String, Integer> offers = new TreeMap<>(bench.node(node).allocatable());
        offers.values().removeIf(count -> count == 0);
        return offers;
    }

    /** Past the program: as if nothing had been ordered. */
    void putBack(String name, List<Map<String, Integer>> cut) {
        Map<String, Integer> delivered = Map.of("nvidia.com/mig-1g.10gb", 7, "nvidia.com/gpu", cut.size() - 1);
        if (!offers(name).equals(delivered) || String.valueOf(bench.node(name).migConfig()).startsWith("penstock-")) {
            bench.cluster.pods("penstock").forEach(pod -> bench.cluster.delete(pod, Deletion.AT_ONCE));
            String config = "as-delivered-" + name + "-" + ++restored;
            bench.cluster.with(name).addMigConfig(new MigConfig(config, cut), other -> !other.startsWith("as-delivered-"));
            changed(name, node -> bench.cluster.cut(node, config, "put back"));
            bench.waitFor(() -> "success".equals(bench.node(name).migState()) && offers(name).equals(delivered));
        }
        if (!bench.node(name).schedulable()) {
            changed(name, node -> bench.cluster.schedulable(node, true, "put back"));
        }
    }

    void changed(String name, Consumer<NodeSeen> change) {
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
