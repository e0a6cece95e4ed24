package dev.penstock.ui.home;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.platform.NodeView;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Tone;
import java.util.List;

/** The nodes with what they offer. */
final class FleetPanel extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    FleetPanel(List<NodeView> nodes) {
        super("div");
        var table = new Table<NodeView>("GPU nodes", "")
                .column("Node", FleetPanel::node)
                .column("In use", node -> uses(node));
        table.show(nodes);
        add(new Panel("Fleet").hint(nodes.stream().anyMatch(NodeView::simulated) ? "simulated" : null).wide(table));
    }

    private static Component node(NodeView node) {
        return Markup.of(
                "span",
                "",
                Badge.bare(node.ready() ? Tone.OK : Tone.BAD, node.name()),
                Markup.text("span", "sub", node.ready() ? node.product() : "not ready · " + node.product()));
    }

    /** A line for each kind of part. */
    private static Component uses(NodeView node) {
        return Markup.of(
                "span",
                "",
                node.resources().stream()
                        .filter(resource -> resource.allocatable() > 0)
                        .map(resource -> Markup.text("span", "sub", resource.inUse() + " of " + resource.allocatable() + " "
                                + resource.name().replace("nvidia.com/mig-", "").replace("nvidia.com/gpu", "whole")))
                        .toArray(Component[]::new));
    }
}
