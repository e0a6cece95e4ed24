package dev.penstock.ui.fleet;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.NodeGoal;
import dev.penstock.contract.platform.NodeOrderState;
import dev.penstock.contract.platform.NodeOrderView;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Tone;
import java.util.List;

/** How far an order of a node is: its steps in a row, and under them what it waits for. */
final class OrderProgress {

    private OrderProgress() {}

    static Component of(NodeOrderView order) {
        var steps = Markup.of("div", "stages");
        List<NodeOrderState> all = steps(order.goal());
        int at = order.state() == NodeOrderState.FAILED ? all.indexOf(NodeOrderState.CUTTING) : all.indexOf(order.state());
        for (int step = 0; step < all.size(); step++) {
            Tone tone = step < at ? Tone.OK : step > at ? Tone.OFF : order.state() == NodeOrderState.FAILED ? Tone.BAD : Tone.BUSY;
            steps.with(Badge.bare(tone, word(all.get(step), step < at)));
        }
        return Markup.of("div", "order", steps, Markup.text("span", order.state() == NodeOrderState.FAILED ? "" : "quiet", sentence(order)))
                .attribute("role", "group").attribute("aria-label", "Order of " + order.node());
    }

    private static List<NodeOrderState> steps(NodeGoal goal) {
        return switch (goal) {
            case CLOSE -> List.of(NodeOrderState.CLOSING);
            case EMPTY -> List.of(NodeOrderState.CLOSING, NodeOrderState.EMPTYING);
            case RECUT -> List.of(NodeOrderState.CLOSING, NodeOrderState.EMPTYING, NodeOrderState.CUTTING, NodeOrderState.OPENING);
            case OPEN -> List.of(NodeOrderState.OPENING);
        };
    }

    private static String word(NodeOrderState state, boolean past) {
        return switch (state) {
            case CLOSING -> past ? "Cordoned" : "Cordon";
            case EMPTYING -> past ? "Emptied" : "Empty";
            case CUTTING, FAILED -> past ? "Cut" : "Cut by the MIG manager";
            case OPENING -> past ? "Uncordoned" : "Uncordon";
            case DONE, CANCELLED, GIVEN_UP, REPLACED -> "Ended";
        };
    }

    private static String sentence(NodeOrderView order) {
        String why = order.reason() == null ? "" : " for “" + order.reason() + "”";
        String who = "Ordered by " + order.orderedBy() + ", " + PersonTime.dayAndTime(order.orderedAt()) + why + ".";
        String left = order.state() == NodeOrderState.EMPTYING && order.remaining() > 0
                ? " " + Quantities.count(order.remaining(), "slice is", "slices are") + " still on it; they are stopped from " + PersonTime.dayAndTime(order.emptyAt()) + " on."
                : "";
        return (order.words() == null ? "" : order.words() + " ") + who + left;
    }
}
