package dev.penstock.ui.fakes;

import dev.penstock.contract.OrderId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.RepackId;
import dev.penstock.contract.platform.FeatureView;
import dev.penstock.contract.platform.FleetApi;
import dev.penstock.contract.platform.FleetUse;
import dev.penstock.contract.platform.NodeGoal;
import dev.penstock.contract.platform.NodeOrderSpec;
import dev.penstock.contract.platform.NodeOrderState;
import dev.penstock.contract.platform.NodeOrderView;
import dev.penstock.contract.platform.NodeView;
import dev.penstock.contract.platform.RepackConsent;
import dev.penstock.contract.platform.RepackView;
import dev.penstock.contract.platform.RoomView;
import dev.penstock.ui.backend.BackendProblem;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Orders stay in their first state: nobody carries them out here. */
final class FakeFleet implements FleetApi {

    private final FakeServices services;
    private final Clock clock;

    FakeFleet(FakeServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    @Override
    public List<NodeView> nodes() {
        services.up();
        return List.copyOf(services.nodes);
    }

    @Override
    public List<RoomView> room() {
        services.up();
        return List.copyOf(services.room);
    }

    @Override
    public List<FeatureView> features() {
        services.up();
        return List.copyOf(services.features);
    }

    @Override
    public FleetUse use() {
        services.up();
        return services.use;
    }

    @Override
    public RepackView repack(int mostStopped) {
        services.up();
        return services.repack.entrySet().stream().filter(each -> each.getKey() <= mostStopped).reduce((fewer, more) -> more).map(Map.Entry::getValue)
                .orElse(new RepackView(List.of(), List.of(), List.of(), 0, 0, "of nothing"));
    }

    @Override
    public List<NodeOrderView> apply(RepackId repack, RepackConsent consent) {
        services.up();
        RepackView shown = repack(consent.mostStopped());
        if (!shown.fingerprint().equals(consent.fingerprint())) {
            throw new BackendProblem(Problem.CHANGED_MEANWHILE, "The fleet has changed since this was proposed: gpu-03 would be cut too. Nothing was done; look at the new proposal.", "4e81-c07a");
        }
        services.consents.add(consent);
        return consent.nodes().stream().map(node -> ordered(new OrderId(repack.value()), node, NodeGoal.RECUT, consent.noticeSeconds(), consent.reason(), repack)).toList();
    }

    @Override
    public List<NodeOrderView> orders() {
        services.up();
        List<NodeOrderView> orders = new ArrayList<>(services.ordersOfGone);
        services.nodes.forEach(node -> {
            NodeOrderView order = node.order();
            if (order != null) {
                orders.add(order);
            }
        });
        return orders;
    }

    @Override
    public NodeOrderView order(OrderId order, NodeOrderSpec spec) {
        services.up();
        NodeOrderView made = ordered(order, spec.node(), spec.goal(), spec.noticeSeconds(), spec.reason(), null);
        services.answerOfOrder();
        return made;
    }

    @Override
    public NodeOrderView cancel(OrderId order) {
        return changed(order, NodeOrderState.OPENING);
    }

    @Override
    public NodeOrderView retry(OrderId order) {
        return changed(order, NodeOrderState.EMPTYING);
    }

    @Override
    public NodeOrderView giveUp(OrderId order) {
        return changed(order, NodeOrderState.GIVEN_UP);
    }

    private NodeOrderView ordered(OrderId id, String node, NodeGoal goal, long notice, @Nullable String reason, @Nullable RepackId repack) {
        Instant now = clock.instant();
        NodeOrderState first = goal == NodeGoal.OPEN ? NodeOrderState.OPENING : NodeOrderState.CLOSING;
        NodeOrderView order = new NodeOrderView(id, node, goal, first, services.persona().subject(), now, reason, now.plusSeconds(notice), repack, now, null, 0, null);
        replace(node, order);
        return order;
    }

    private NodeOrderView changed(OrderId id, NodeOrderState state) {
        services.up();
        NodeOrderView before = orders().stream().filter(order -> order.id().equals(id)).findFirst().orElseThrow();
        NodeOrderView after = new NodeOrderView(
                id, before.node(), before.goal(), state, before.orderedBy(), before.orderedAt(), before.reason(), before.emptyAt(), before.repack(), clock.instant(), null,
                before.remaining(), state.live() ? null : clock.instant());
        services.ordersOfGone.replaceAll(order -> order.id().equals(id) ? after : order);
        replace(before.node(), state.live() ? after : null);
        return after;
    }

    private void replace(String name, @Nullable NodeOrderView order) {
        UnaryOperator<NodeView> with = node -> !node.name().equals(name) ? node : new NodeView(
                node.name(), node.product(), node.device(), node.ready(), node.schedulable(), node.simulated(), node.resources(), node.gpus(), node.observedAt(), node.holders(), order, node.devices());
        services.nodes.replaceAll(with);
    }
}
