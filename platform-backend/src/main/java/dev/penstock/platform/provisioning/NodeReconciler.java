package dev.penstock.platform.provisioning;

import dev.penstock.contract.platform.NodeGoal;
import dev.penstock.contract.platform.NodeOrderState;
import dev.penstock.platform.cluster.Cluster;
import dev.penstock.platform.cluster.ClusterFailure;
import dev.penstock.platform.cluster.MigConfig;
import dev.penstock.platform.cluster.NodeSeen;
import dev.penstock.platform.cluster.PodSeen;
import dev.penstock.platform.fleet.NodeOrder;
import dev.penstock.platform.fleet.NodeOrders;
import dev.penstock.platform.slice.Installation;
import dev.penstock.platform.slice.SliceClaims;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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

    private final NodeOrders orders;
    private final Cluster cluster;
    private final Answering answering;
    private final CutAsOrdered cutting;
    private final SliceClaims claims;
    private final Installation installation;
    private final NodeSteps steps;
    private final NodeSettings settings;
    private final Clock clock;

    NodeReconciler(
            NodeOrders orders,
            Cluster cluster,
            Answering answering,
            CutAsOrdered cutting,
            SliceClaims claims,
            Installation installation,
            NodeSteps steps,
            NodeSettings settings,
            Clock clock) {
        this.orders = orders;
        this.cluster = cluster;
        this.answering = answering;
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
            boolean overtaken = e.kind() == ClusterFailure.Kind.CONFLICT && !tooLong(order);
            // What overtook an order is still to be read when the node is open.
            boolean told = order.cancelled() && order.words() != null;
            return overtaken || told ? Optional.empty() : hindered(order, order.remaining(), e.sentence());
        }
    }

    private Optional<NodeOrder> closing(NodeOrder order) {
        Optional<NodeSeen> node = look(order);
        if (node.isEmpty()) {
            return gone(order);
        }
        boolean closedBefore = closedByOthers(order, node.get());
        if (closedBefore && order.goal() == NodeGoal.RECUT) {
            return record(NodeStep.RECORD_OVERTAKEN, order, order.closedByOthers("Somebody else closed the node since this was consented to; it stays closed, and nothing was cut.", clock.instant()));
        }
        if (closedBefore && !order.foundClosed()) {
            return foundClosed(order);
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
            if (pods(order).stream().anyMatch(pod -> isUnexpected(order, pod))) {
                return unexpected(order);
            }
            configure(order);
            return record(NodeStep.RECORD_CONFIG, order, order.configured(clock.instant()));
        }
        int pods = pods(order).size();
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

    private List<PodSeen> pods(NodeOrder order) {
        steps.at(NodeStep.COUNT, order.node());
        return cluster.with(order.node()).pods(installation.name()).stream().filter(pod -> order.node().equals(pod.node()) && !pod.ended()).toList();
    }

    /** Of a slice that nobody consented to stop. */
    private static boolean isUnexpected(NodeOrder order, PodSeen pod) {
        return !pod.terminating() && (pod.marks() == null || !order.stops().contains(String.valueOf(pod.marks().slice())));
    }

    /** How the GPUs of a node are cut that failed before nobody knows, so that one stays as it is. */
    private Optional<NodeOrder> unexpected(NodeOrder order) {
        return order.attempt() == 1
                ? record(NodeStep.RECORD_OVERTAKEN, order, order.overtaken("Somebody came up on the node after this was consented to; nobody was stopped, and nothing was cut.", clock.instant()))
                : record(NodeStep.RECORD_FAILED, order, order.failed("Somebody came up on the node meanwhile whom nobody consented to stop.", clock.instant()));
    }

    /** Configurations of orders of ours that have ended go, unless a node is still labelled with one. */
    private void configure(NodeOrder order) {
        Set<String> used = new HashSet<>();
        cluster.with(order.node()).nodes().forEach(node -> Optional.ofNullable(node.migConfig()).ifPresent(used::add));
        Predicate<String> ended = orders.configsOfEnded();
        steps.at(NodeStep.WRITE_CONFIG, order.node());
        cluster.with(order.node()).addMigConfig(new MigConfig(order.config(), order.cut()), name -> used.contains(name) || !ended.test(name));
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
            String state = node.get().migState();
            if ("pending".equals(state) || "rebooting".equals(state)) {
                // It would take the next one only after that, and what it says of this one would be read as said of the next.
                return hindered(order, 0, "The MIG manager is still at what it was told before: " + state + ".");
            }
            steps.at(NodeStep.WRITE_LABEL, order.node());
            cluster.cut(node.get(), order.config(), order.id().toString());
            return Optional.empty();
        }
        CutAsOrdered.Verdict verdict = cutting.judge(order, node.get(), tooLong(order));
        return switch (verdict.outcome()) {
            case DONE -> record(NodeStep.RECORD_CUT, order, order.cutDone(clock.instant()));
            case FAILED -> record(NodeStep.RECORD_FAILED, order, order.failed(verdict.words(), clock.instant()));
            case WORKING -> waits(order, 0, verdict.words());
        };
    }

    private Optional<NodeOrder> opening(NodeOrder order) {
        Optional<NodeSeen> node = look(order);
        if (node.isPresent() && order.cancelled() && !order.foundClosed() && closedByOthers(order, node.get())) {
            return foundClosed(order);
        }
        boolean opens = !order.foundClosed() || !order.cancelled();
        if (node.isPresent() && ((opens && !node.get().schedulable()) || !isMarked(order, node.get()))) {
            steps.at(NodeStep.OPEN, order.node());
            // What stays closed is marked too: whoever still wanted to do something to it by this order is too late.
            cluster.schedulable(node.get(), opens || node.get().schedulable(), order.id().toString());
        }
        return record(NodeStep.RECORD_OPEN, order, order.opened(clock.instant()));
    }

    private boolean closedByOthers(NodeOrder order, NodeSeen node) {
        return !node.schedulable() && !isMarked(order, node) && !orders.closedOnTheWay(node.order());
    }

    /** Before the node is marked: after that nobody could tell any more who closed it. */
    private Optional<NodeOrder> foundClosed(NodeOrder order) {
        return record(NodeStep.RECORD_FOUND_CLOSED, order, order.comesToClosed());
    }

    /**
     * The order is read once more after the node: whoever slept in between would do to the node, as it now is, what is not ordered any more. What is ordered
     * later than this changes the node later than it was looked at.
     */
    private Optional<NodeSeen> look(NodeOrder order) {
        answering.mustAnswer(order.node());
        steps.at(NodeStep.LOOK, order.node());
        Optional<NodeSeen> node = cluster.node(order.node());
        boolean stands = orders.read(order.node()).filter(now -> now.id().equals(order.id()) && now.version() == order.version()).isPresent();
        if (!stands) {
            throw new ClusterFailure(ClusterFailure.Kind.CONFLICT, "The order of node " + order.node() + " was overtaken.");
        }
        return node;
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
        return hindered(order, 0, "The cluster has no node " + order.node() + " now.");
    }

    private boolean tooLong(NodeOrder order) {
        return order.state() == NodeOrderState.CUTTING && !clock.instant().isBefore(order.since().plus(settings.cutWithin()));
    }

    /** One that can neither be cancelled nor goes on is a person's to decide about. */
    private Optional<NodeOrder> hindered(NodeOrder order, int pods, String words) {
        return tooLong(order) ? record(NodeStep.RECORD_FAILED, order, order.failed("It takes too long. " + words, clock.instant())) : waits(order, pods, words);
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
