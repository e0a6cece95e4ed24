package dev.penstock.platform.fleet;

import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        known = Map.copyOf(byNode);
        return live;
    }

    /** The node's own, read anew; empty: there is none. */
    public Optional<NodeOrder> read(String node) {
        return transactions.acrossTenants(Job.RECONCILE, RECONCILER, () -> table.live(node));
    }

    /** @return false if somebody else changed it meanwhile; then nothing is written */
    public boolean advance(NodeOrder before, NodeOrder after) {
        return transactions.acrossTenants(Job.RECONCILE, RECONCILER, () -> table.advance(before, after));
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
