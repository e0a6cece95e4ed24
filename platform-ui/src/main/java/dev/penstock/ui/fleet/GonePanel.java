package dev.penstock.ui.fleet;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.NodeOrderView;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import java.util.List;
import java.util.function.Function;

/** Orders under way of nodes that the cluster does not show: they wait for the node, or for somebody who does not want them any more. */
final class GonePanel {

    private GonePanel() {}

    /** Invisible where there are none. @param actions what can be done about one */
    static Component of(List<NodeOrderView> orders, Function<NodeOrderView, Component[]> actions) {
        var panel = new Panel("Orders of nodes that are gone").hint("each waits until the cluster shows its node again");
        orders.forEach(order -> panel.wide(Markup.of(
                "div", "node",
                Markup.of("header", "", Markup.text("h2", "", order.node()), Markup.of("span", "actions", actions.apply(order))),
                OrderProgress.of(order))));
        panel.setVisible(!orders.isEmpty());
        return panel;
    }
}
