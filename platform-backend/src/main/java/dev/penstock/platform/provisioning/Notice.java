package dev.penstock.platform.provisioning;

import dev.penstock.contract.platform.NodeGoal;
import dev.penstock.platform.fleet.NodeOrder;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What those on a node that is being emptied are told. Pure. */
final class Notice {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Notice() {}

    static String told(NodeOrder order) {
        return what(order) + why(order) + " It is stopped and brought up elsewhere at " + TIME.format(order.emptyAt()) + "; save what is not on a volume.";
    }

    static String moved(NodeOrder order) {
        return what(order) + why(order);
    }

    private static String what(NodeOrder order) {
        return "An administrator " + (order.goal() == NodeGoal.RECUT ? "has the GPUs of node " + order.node() + " cut anew" : "has node " + order.node() + " emptied");
    }

    private static String why(NodeOrder order) {
        return order.reason() == null || order.reason().isBlank() ? "." : ": " + order.reason().strip() + (order.reason().strip().endsWith(".") ? "" : ".");
    }
}
