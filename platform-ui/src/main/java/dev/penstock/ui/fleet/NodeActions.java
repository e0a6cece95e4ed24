package dev.penstock.ui.fleet;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.OrderId;
import dev.penstock.contract.platform.FleetApi;
import dev.penstock.contract.platform.GpuView;
import dev.penstock.contract.platform.NodeGoal;
import dev.penstock.contract.platform.NodeOrderSpec;
import dev.penstock.contract.platform.NodeOrderState;
import dev.penstock.contract.platform.NodeOrderView;
import dev.penstock.contract.platform.NodeView;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Toast;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an administrator can do with a node, each asked once more with the names of everyone whom it concerns. */
final class NodeActions {

    static final String NODE = "node";

    private static final String CORDON = "cordon";
    private static final String DRAIN = "drain";
    private static final String UNCORDON = "uncordon";
    private static final String GIVE_UP = "give-up";
    private static final List<Duration> NOTICES = List.of(Duration.ZERO, Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(24));

    private static final int LONGEST_REASON = 200;

    private final FleetApi fleet;
    private final NewIds ids;
    private final Runnable done;

    /** @param done after what is not asked once more */
    NodeActions(FleetApi fleet, NewIds ids, Runnable done) {
        this.fleet = fleet;
        this.ids = ids;
        this.done = done;
    }

    /** @param here where the dialogs open */
    Component[] of(NodeView node, Address here) {
        List<Component> actions = new ArrayList<>();
        NodeOrderView order = node.order();
        if (order != null && order.goal() == NodeGoal.RECUT) {
            recut(order, here, actions);
            return actions.toArray(Component[]::new);
        }
        if (node.schedulable() && order == null) {
            actions.add(asked("Cordon", CORDON, node.name(), here));
        }
        if (order != null) {
            cancel(order, actions);
        }
        if (order == null || order.goal() != NodeGoal.EMPTY) {
            actions.add(asked("Drain", DRAIN, node.name(), here));
        }
        if (!node.schedulable() || order != null) {
            actions.add(asked("Uncordon", UNCORDON, node.name(), here));
        }
        return actions.toArray(Component[]::new);
    }

    /** Of a node that is not seen: not to want it any more. */
    Component[] ofGone(NodeOrderView order, Address here) {
        List<Component> actions = new ArrayList<>();
        if (order.goal() == NodeGoal.RECUT) {
            recut(order, here, actions);
        } else {
            cancel(order, actions);
        }
        return actions.toArray(Component[]::new);
    }

    /** The dialog that the address names; null: none, or not possible now. */
    @Nullable Confirmation named(Address address, List<NodeView> nodes, List<NodeOrderView> orders) {
        NodeView node = nodes.stream().filter(each -> address.is(NODE, each.name())).findFirst().orElse(null);
        if (node == null) {
            return address.is(Address.DO, GIVE_UP)
                    ? orders.stream().filter(order -> address.is(NODE, order.node()) && order.state() == NodeOrderState.FAILED).findFirst().map(this::giveUp).orElse(null)
                    : null;
        }
        NodeOrderView order = node.order();
        boolean cutting = order != null && order.goal() == NodeGoal.RECUT;
        return switch (address.get(Address.DO, "")) {
            case CORDON -> cutting ? null : close(node);
            case DRAIN -> cutting ? null : empty(node);
            case UNCORDON -> cutting ? null : open(node);
            case GIVE_UP -> order != null && order.state() == NodeOrderState.FAILED ? giveUp(order) : null;
            default -> null;
        };
    }

    private void cancel(NodeOrderView order, List<Component> actions) {
        if (order.state() == NodeOrderState.CLOSING || order.state() == NodeOrderState.EMPTYING) {
            actions.add(Action.of("Cancel", () -> {
                fleet.cancel(order.id());
                Toast.done(order.goal() == NodeGoal.RECUT
                        ? order.node() + " is not cut; it is opened again."
                        : "Cancelled; " + order.node() + " is left as it was found.");
                done.run();
            }).css("small"));
        }
    }

    private void recut(NodeOrderView order, Address here, List<Component> actions) {
        cancel(order, actions);
        if (order.state() == NodeOrderState.FAILED) {
            actions.add(Action.of("Try again", () -> {
                fleet.retry(order.id());
                done.run();
            }).css("small"));
            actions.add(asked("Give up", GIVE_UP, order.node(), here));
        }
    }

    private static Component asked(String word, String what, String node, Address here) {
        return Link.button(word, here.with(Address.DO, what).with(NODE, node)).css("small");
    }

    private Confirmation close(NodeView node) {
        OrderId id = new OrderId(ids.next());
        TextField reason = reason();
        var dialog = new Confirmation("Cordon " + node.name(), new Facts()
                .fact("New slices", "none come up on it")
                .fact("Stay as they are", names(node.holders(), "nobody is on it")), reason);
        return dialog.buttons("Leave it", Action.primary("Cordon", () -> order(id, dialog, node, NodeGoal.CLOSE, Duration.ZERO, reason.getValue(), "takes no new pods")));
    }

    private Confirmation empty(NodeView node) {
        OrderId id = new OrderId(ids.next());
        TextField reason = reason();
        Select<Duration> notice = notice();
        var dialog = new Confirmation("Drain " + node.name(), new Facts()
                .fact("Stopped", names(node.holders(), "nobody is on it"))
                .fact("Then", node.holders().isEmpty() ? null : "each is brought up on another node, or waits until one has room; what is not on a volume is lost")
                .fact("Coming up", "whoever is still coming up there is moved at once")
                .fact("The node", "takes no new pods until it is uncordoned"), notice, reason);
        return dialog.buttons("Leave it", Action.danger("Drain", () -> order(id, dialog, node, NodeGoal.EMPTY, notice.getValue(), reason.getValue(), "is being emptied")));
    }

    private Confirmation open(NodeView node) {
        OrderId id = new OrderId(ids.next());
        NodeOrderView order = node.order();
        var dialog = new Confirmation("Uncordon " + node.name(), new Facts()
                .fact("New slices", "may come up on it, whoever closed it")
                .fact("Drain", order != null && order.goal() == NodeGoal.EMPTY ? "ends; who is still there stays" : null));
        return dialog.buttons("Leave it", Action.primary("Uncordon", () -> order(id, dialog, node, NodeGoal.OPEN, Duration.ZERO, "", "takes pods again")));
    }

    private Confirmation giveUp(NodeOrderView order) {
        var dialog = new Confirmation("Give up cutting " + order.node(), new Facts()
                .fact("Why it failed", order.words())
                .fact("The node", "stays cordoned; look how its GPUs are cut before you open it"));
        return dialog.buttons("Leave it", Action.danger("Give up", () -> dialog.attempt(() -> {
            fleet.giveUp(order.id());
            Toast.done("Cutting " + order.node() + " was given up; it stays cordoned.");
        })));
    }

    /** @param id made with the dialog: whoever clicks again because the answer was lost orders the same */
    private void order(OrderId id, Confirmation dialog, NodeView node, NodeGoal goal, Duration notice, String reason, String becomes) {
        dialog.attempt(() -> {
            fleet.order(id, new NodeOrderSpec(node.name(), goal, notice.toSeconds(), reason.isBlank() ? null : reason.strip()));
            Toast.done(node.name() + " " + becomes + ".");
        });
    }

    /** As {@code notebook-a of research, score of risk}. */
    private static String names(List<GpuView.Holder> holders, String nobody) {
        return holders.isEmpty() ? nobody : holders.stream().map(holder -> holder.name() + " of " + holder.tenantName()).collect(Collectors.joining(", "));
    }

    static TextField reason() {
        return Fields.text("Reason", "Shown to everyone whom it concerns", LONGEST_REASON);
    }

    static Select<Duration> notice() {
        Select<Duration> notice = Fields.select("Notice", NOTICES, each -> each.isZero() ? "none, at once" : Quantities.duration(each));
        notice.setValue(NOTICES.get(1));
        return notice;
    }

    /** What is done of an order, and what it waits for; nothing where there is none. */
    static @Nullable Component progress(NodeView node) {
        return node.order() == null ? null : OrderProgress.of(node.order());
    }
}
