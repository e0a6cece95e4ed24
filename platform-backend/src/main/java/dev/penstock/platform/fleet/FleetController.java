package dev.penstock.platform.fleet;

import dev.penstock.contract.OrderId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.RepackId;
import dev.penstock.contract.platform.FeatureView;
import dev.penstock.contract.platform.FleetApi;
import dev.penstock.contract.platform.FleetUse;
import dev.penstock.contract.platform.NodeOrderSpec;
import dev.penstock.contract.platform.NodeOrderView;
import dev.penstock.contract.platform.NodeView;
import dev.penstock.contract.platform.RepackConsent;
import dev.penstock.contract.platform.RepackView;
import dev.penstock.contract.platform.RoomView;
import dev.penstock.frame.audit.Audited;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.fleet.CutNodes.Picture;
import dev.penstock.platform.idleness.GpuUse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.RestController;

@RestController
class FleetController implements FleetApi {

    private static final int MOST_STOPPED = 1_000;

    private final Fleet fleet;
    private final Kueue kueue;
    private final CutNodes nodes;
    private final Repacks repacks;
    private final NodeOperations orders;
    private final GpuUse use;
    private final Access access;

    FleetController(Fleet fleet, Kueue kueue, CutNodes nodes, Repacks repacks, NodeOperations orders, GpuUse use, Access access) {
        this.fleet = fleet;
        this.kueue = kueue;
        this.nodes = nodes;
        this.repacks = repacks;
        this.orders = orders;
        this.use = use;
        this.access = access;
    }

    @Override
    @Audited(action = "fleet.read", subject = "fleet")
    public List<NodeView> nodes() {
        access.requireOrganisationRole();
        return FleetViews.nodes(nodes.now(), orders.live());
    }

    @Override
    @Audited(action = "fleet.read", subject = "fleet")
    public List<RoomView> room() {
        access.requireOrganisationRole();
        return FleetViews.room(nodes.now().nodes());
    }

    @Override
    @Audited(action = "fleet.read", subject = "fleet")
    public List<FeatureView> features() {
        access.requireOrganisationRole();
        return Stream.concat(Features.of(fleet.nodes(), fleet.noClaims()).stream(), Stream.of(kueue.feature())).toList();
    }

    @Override
    @Audited(action = "fleet.read", subject = "fleet")
    public FleetUse use() {
        access.requireOrganisationRole();
        return new FleetUse(use.missing(), use.window().toSeconds(), use.slices().entrySet().stream()
                .map(each -> new FleetUse.OfSlice(each.getKey(), each.getValue().share(), each.getValue().at()))
                .sorted(Comparator.comparing(each -> each.slice().value()))
                .toList());
    }

    @Override
    @Audited(action = "fleet.repack", subject = "fleet")
    public RepackView repack(int mostStopped) {
        access.requireOrganisationRole();
        if (mostStopped < 0 || mostStopped > MOST_STOPPED) {
            throw new ProblemException(Problem.INVALID_INPUT, "From 0 to " + MOST_STOPPED + " running slices may be stopped.");
        }
        return repacks.propose(mostStopped);
    }

    @Override
    @Audited(action = "fleet.apply", subject = "repack", id = "repack")
    public List<NodeOrderView> apply(RepackId repack, RepackConsent consent) {
        access.requireAdmin();
        return repacks.apply(repack, consent);
    }

    @Override
    @Audited(action = "node.list", subject = "node")
    public List<NodeOrderView> orders() {
        access.requireOrganisationRole();
        return orders.latest();
    }

    @Override
    @Audited(action = "node.order", subject = "node-order", id = "order")
    public NodeOrderView order(OrderId order, NodeOrderSpec spec) {
        access.requireAdmin();
        return orders.order(order, spec);
    }

    @Override
    @Audited(action = "node.cancel", subject = "node-order", id = "order")
    public NodeOrderView cancel(OrderId order) {
        access.requireAdmin();
        return orders.cancel(order);
    }

    @Override
    @Audited(action = "node.retry", subject = "node-order", id = "order")
    public NodeOrderView retry(OrderId order) {
        access.requireAdmin();
        return orders.retry(order);
    }

    @Override
    @Audited(action = "node.give-up", subject = "node-order", id = "order")
    public NodeOrderView giveUp(OrderId order) {
        access.requireAdmin();
        return orders.giveUp(order);
    }
}
