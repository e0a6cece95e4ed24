package dev.penstock.platform.fleet;

import dev.penstock.contract.OrderId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.platform.NodeGoal;
import dev.penstock.contract.platform.NodeOrderSpec;
import dev.penstock.contract.platform.NodeOrderView;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What administrators order of nodes. Only written down here: a reconciler carries it out. */
@Component
class NodeOperations {

    private static final int MOST = 100;

    private final JobTransactions transactions;
    private final NodeOrderTable table;
    private final Fleet fleet;
    private final Access access;
    private final Clock clock;

    NodeOperations(JobTransactions transactions, NodeOrderTable table, Fleet fleet, Access access, Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.fleet = fleet;
        this.access = access;
        this.clock = clock;
    }

    NodeOrderView order(OrderId id, NodeOrderSpec spec) {
        if (spec.goal() == NodeGoal.RECUT) {
            throw new ProblemException(Problem.INVALID_INPUT, "goal: GPUs are cut anew by consent to a proposal only.");
        }
        if (fleet.nodes().stream().noneMatch(node -> node.name().equals(spec.node()))) {
            throw Access.notFound();
        }
        Instant now = clock.instant();
        long notice = spec.goal() == NodeGoal.EMPTY ? spec.noticeSeconds() : 0;
        return write(() -> {
            table.lock(spec.node());
            Optional<NodeOrder> before = table.find(id);
            if (before.isPresent()) {
                return same(before.get(), spec);
            }
            table.live(spec.node()).ifPresent(live -> decide(live, live.replaced(now)));
            NodeOrder order = NodeOrder.of(id, spec.node(), spec.goal(), access.caller().subject(), now, spec.reason(), now.plusSeconds(notice));
            table.insert(order);
            return order;
        });
    }

    NodeOrderView cancel(OrderId id) {
        return change(id, NodeOrder::cancel);
    }

    NodeOrderView retry(OrderId id) {
        return change(id, NodeOrder::retry);
    }

    NodeOrderView giveUp(OrderId id) {
        return change(id, NodeOrder::giveUp);
    }

    List<NodeOrderView> latest() {
        return transactions.acrossTenants(Job.ORG, access.actor(), () -> table.latest(MOST)).stream().map(FleetViews::order).toList();
    }

    /** Those under way, by node. */
    Map<String, NodeOrder> live() {
        return transactions.acrossTenants(Job.ORG, access.actor(), table::live).stream().collect(Collectors.toMap(NodeOrder::node, Function.identity()));
    }

    private static NodeOrder same(NodeOrder before, NodeOrderSpec spec) {
        if (before.goal() != spec.goal() || !before.node().equals(spec.node())) {
            throw new ProblemException(Problem.EXISTS_BUT_DIFFERENT, "An order with this id was given before, for something else.");
        }
        return before;
    }

    private NodeOrderView change(OrderId id, BiFunction<NodeOrder, Instant, @Nullable NodeOrder> verb) {
        return write(() -> {
            NodeOrder before = table.find(id).orElseThrow(Access::notFound);
            NodeOrder after = verb.apply(before, clock.instant());
            if (after == null) {
                return before;
            }
            return decide(before, after);
        });
    }

    private NodeOrder decide(NodeOrder before, NodeOrder after) {
        if (!table.decide(before, after)) {
            throw new ProblemException(Problem.CHANGED_MEANWHILE, "It went on just now; look again.");
        }
        return after;
    }

    private NodeOrderView write(Supplier<NodeOrder> work) {
        return FleetViews.order(transactions.acrossTenants(Job.WEB, access.actor(), work));
    }
}
