package dev.penstock.platform.fleet;

import dev.penstock.contract.OrderId;
import dev.penstock.contract.platform.NodeOrderState;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Orders of nodes, for whoever carries them out. Those under way are also in memory, as they were last read: for slices, each of which asks whether it has to
 * leave its node.
 */
@Component
public class NodeOrders {

    private static final Actor RECONCILER = Actor.system("node-reconciler");

    private final JobTransactions transactions;
    private final NodeOrderTable table;
    private volatile Map<String, NodeOrder> known = Map.of();

    NodeOrders(JobTransactions transactions, NodeOrderTable table) {
        this.transactions = transactions;
        this.table = table;
    }

    /** Those that have not ended, read anew, by node. */
    public List<NodeOrder> read() {
        List<NodeOrder> live = transactions.acrossTenants(Job.RECONCILE, RECONCILER, table::live);
        Map<String, NodeOrder> byNode = new HashMap<>();
        live.forEach(order -> byNode.put(order.node(), order));
        know(byNode);
        return live;
    }

    private synchronized void know(Map<String, NodeOrder> byNode) {
        known = Map.copyOf(byNode);
    }

    /** The node's own, read anew; empty: there is none. */
    public Optional<NodeOrder> read(String node) {
        return transactions.acrossTenants(Job.RECONCILE, RECONCILER, () -> table.live(node));
    }

    /**
     * Whether the order closed its node on its way to something that nobody waits for any more: what replaced it found a node that nobody wanted closed.
     *
     * @param mark what the node is marked with; null: nothing
     */
    public boolean closedOnTheWay(@Nullable String mark) {
        return orderOf(mark).flatMap(id -> transactions.acrossTenants(Job.RECONCILE, RECONCILER, () -> table.find(id)))
                .filter(order -> order.state() == NodeOrderState.REPLACED && !order.foundClosed())
                .isPresent();
    }

    /** Anybody may write anything there. */
    private static Optional<OrderId> orderOf(@Nullable String mark) {
        try {
            return Optional.ofNullable(mark).map(OrderId::of);
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /** @return false if somebody else changed it meanwhile; then nothing is written */
    public boolean advance(NodeOrder before, NodeOrder after) {
        boolean written = transactions.acrossTenants(Job.RECONCILE, RECONCILER, () -> table.advance(before, after));
        if (written) {
            know(after);
        }
        return written;
    }

    /** At once: a slice that is woken because of it asks memory. */
    private synchronized void know(NodeOrder order) {
        Map<String, NodeOrder> byNode = new HashMap<>(known);
        if (order.state().live()) {
            byNode.put(order.node(), order);
        } else {
            byNode.computeIfPresent(order.node(), (node, other) -> other.id().equals(order.id()) ? null : other);
        }
        know(byNode);
    }

    /** Of names of MIG configurations those of orders that have ended, as this installation knows. Another one on the same cluster names its own alike. */
    public Predicate<String> configsOfEnded() {
        Set<String> ended = transactions.acrossTenants(Job.RECONCILE, RECONCILER, table::endedCuts).stream().map(NodeOrder::configs).collect(Collectors.toSet());
        return name -> ended.contains(name.substring(0, name.lastIndexOf('-') + 1));
    }

    /** The order by which whoever is on the node has to leave it. Memory alone moves nobody: the node may have been opened, and they come up on it, since it was read. */
    public Optional<NodeOrder> emptying(String node) {
        return Optional.ofNullable(known.get(node)).filter(NodeOrder::empties).flatMap(order -> read(node)).filter(NodeOrder::empties);
    }

    /** Whether the slice was promised a place on what is being cut: it does not give its part back meanwhile. */
    public boolean keepsPlace(String slice) {
        return known.values().stream().anyMatch(order -> order.stops().contains(slice));
    }
}
