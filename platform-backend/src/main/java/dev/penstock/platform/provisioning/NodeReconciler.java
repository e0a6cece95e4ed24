package dev.penstock.platform.provisioning;

import dev.penstock.contract.platform.NodeGoal;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.MigConfig;
import dev.penstock.platform.cluster.NodeSeen;
import dev.penstock.platform.fleet.NodeOrder;
import dev.penstock.platform.fleet.NodeOrders;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.SliceClaims;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Carries out what an administrator ordered of a node. It takes a name and nothing else: all it knows it reads anew, so it may be called at any time, by
 * anybody, any number of times, and stopped anywhere. Nobody claims a node: the cluster takes a change only of the node as it was seen, and every order
 * leaves its mark there. Why that is enough is in docs/decisions/026.
 */
@Component
class NodeReconciler {

    private static final Logger log = LoggerFactory.getLogger(NodeReconciler.class);
    private static final String OURS = "penstock-";

    private final NodeOrders orders;
    private final Cluster cluster;
    private final CutAsOrdered cutting;
    private final SliceClaims claims;
    private final Installation installation;
    private final NodeSteps steps;
    private final NodeSettings settings;
    private final Clock clock;

    NodeReconciler(
            NodeOrders orders,
            Cluster cluster,
            CutAsOrdered cutting,
            SliceClaims claims,
            Installation installation,
            NodeSteps steps,
            NodeSettings settings,
            Clock clock) {
        this.orders = orders;
        this.cluster = cluster;
        this.cutting = cutting;
        this.claims = claims;
        this.installation = installation;
        this.steps = steps;
        this.settings = settings;
        this.clock = clock;
    }

    /** Does for the node what can be done now. Does nothing if nothing is ordered. */
    void reconcile(String node) {
        steps.at(NodeStep.READ, node);
        Optional<NodeOrder> order = orders.read(node);
        while (order.isPresent()) {
            order = bringOn(order.get());
        }
    }

    /** @return the order as it then is; empty: there is nothing to do but wait, or it has ended */
    private Optional<NodeOrder> bringOn(NodeOrder order) {
        try {
            return switch (order.state()) {
                case CLOSING -> closing(order);
                case EMPTYING -> emptying(order);
                case CUTTING -> cutting(order);
                case OPENING -> opening(order);
                case FAILED, DONE, CANCELLED, GIVEN_UP, REPLACED -> Optional.empty();
            };
        } catch (ClusterFailure e) {
            log.info("node {}: {}", order.node(), e.sentence());
            // Somebody else was at the node this moment: looked at again at once by whoever comes next, nothing to tell.
            return e.kind() == ClusterFailure.Kind.CONFLICT ? Optional.empty() : waits(order, order.remaining(), e.sentence());
        }
    }

    private Optional<NodeOrder> closing(NodeOrder order) {
        Optional<NodeSeen> node = look(order);
        if (node.isEmpty()) {
            return gone(order);
        }
        close(order, node.get());
        return record(NodeStep.RECORD_CLOSED, order, order.closed(clock.instant()));
    }

    private Optional<NodeOrder> emptying(NodeOrder order) {
        Optional<NodeSeen> node = look(order);
        if (node.isEmpty()) {
            return gone(order);
        }
        close(order, node.get());
        if (order.goal() == NodeGoal.RECUT && order.configAt() == null) {
            configure(order);
            return record(NodeStep.RECORD_CONFIG, order, order.configured(clock.instant()));
        }
        steps.at(NodeStep.COUNT, order.node());
        int pods = (int) cluster.pods(installation.name()).stream().filter(pod -> order.node().equals(pod.node()) && !pod.ended()).count();
        if (pods > 0) {
            if (pods != order.remaining()) {
                // Those who are ready are looked at seldom otherwise.
                claims.lookAt(order.node());
            }
            return waits(order, pods, null);
        }
        if (order.configAt() != null && clock.instant().isBefore(order.configAt().plus(settings.configSettles()))) {
            return waits(order, 0, "Empty; the MIG manager's copy of its configuration is still catching up.");
        }
        return record(NodeStep.RECORD_EMPTY, order, order.emptied(clock.instant()));
    }

    /** Configurations of ours that no node is labelled with, and no order under way names, go. */
    private void configure(NodeOrder order) {
        Set<String> used = new HashSet<>();
        cluster.nodes().forEach(node -> Optional.ofNullable(node.migConfig()).ifPresent(used::add));
        orders.read().forEach(other -> used.add(other.config()));
        steps.at(NodeStep.WRITE_CONFIG, order.node());
        cluster.addMigConfig(new MigConfig(order.config(), order.cut()), name -> !name.startsWith(OURS) || used.contains(name));
    }

    private Optional<NodeOrder> cutting(NodeOrder order) {
        Optional<NodeSeen> node = look(order);
        if (node.isEmpty()) {
            return gone(order);
        }
        if (close(order, node.get())) {
            return Optional.of(order);
        }
        if (!order.config().equals(node.get().migConfig())) {
            steps.at(NodeStep.WRITE_LABEL, order.node());
            cluster.cut(node.get(), order.config(), order.id().toString());
            return Optional.empty();
        }
        boolean tooLong = !clock.instant().isBefore(order.since().plus(settings.cutWithin()));
        CutAsOrdered.Verdict verdict = cutting.judge(order, node.get(), tooLong);
        return switch (verdict.outcome()) {
            case DONE -> record(NodeStep.RECORD_CUT, order, order.cutDone(clock.instant()));
            case FAILED -> record(NodeStep.RECORD_FAILED, order, order.failed(verdict.words(), clock.instant()));
            case WORKING -> waits(order, 0, verdict.words());
        };
    }

    private Optional<NodeOrder> opening(NodeOrder order) {
        Optional<NodeSeen> node = look(order);
        if (node.isPresent() && (!node.get().schedulable() || !isMarked(order, node.get()))) {
            steps.at(NodeStep.OPEN, order.node());
            cluster.schedulable(node.get(), true, order.id().toString());
        }
        return record(NodeStep.RECORD_OPEN, order, order.opened(clock.instant()));
    }

    private Optional<NodeSeen> look(NodeOrder order) {
        steps.at(NodeStep.LOOK, order.node());
        return cluster.node(order.node());
    }

    /**
     * Also when it is closed already: the mark makes whoever wanted to open it and slept over it too late.
     *
     * @return whether the node was changed, so that it has to be looked at again
     */
    private boolean close(NodeOrder order, NodeSeen node) {
        boolean closes = node.schedulable() || !isMarked(order, node);
        if (closes) {
            steps.at(NodeStep.CLOSE, order.node());
            cluster.schedulable(node, false, order.id().toString());
        }
        return closes;
    }

    private static boolean isMarked(NodeOrder order, NodeSeen node) {
        return order.id().toString().equals(node.order());
    }

    private Optional<NodeOrder> gone(NodeOrder order) {
        return waits(order, 0, "The cluster has no node " + order.node() + " now.");
    }

    private Optional<NodeOrder> waits(NodeOrder order, int pods, @Nullable String words) {
        NodeOrder after = order.waits(pods, words);
        if (after != null) {
            steps.at(NodeStep.RECORD_WAIT, order.node());
            orders.advance(order, after);
        }
        return Optional.empty();
    }

    /** Overtaken by a person or by another replica: whoever comes next reads anew. */
    private Optional<NodeOrder> record(NodeStep step, NodeOrder before, NodeOrder after) {
        steps.at(step, before.node());
        return orders.advance(before, after) && after.state().live() ? Optional.of(after) : Optional.empty();
    }
}
