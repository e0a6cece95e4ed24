package dev.penstock.ui.home;

import dev.penstock.contract.platform.NodeView;
import dev.penstock.ui.base.Gauge;
import dev.penstock.ui.base.KeyFigures;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Quantities;
import java.util.List;

/**
 * How much of the fleet is in use.
 *
 * @param allocatable GPU parts on ready nodes, each counted once whatever its size
 */
record FleetUse(int inUse, int allocatable, int readyNodes, int nodes) {

    static FleetUse of(List<NodeView> nodes) {
        List<NodeView> ready = nodes.stream().filter(NodeView::ready).toList();
        return new FleetUse(
                ready.stream().flatMap(node -> node.resources().stream()).mapToInt(NodeView.Resource::inUse).sum(),
                ready.stream().flatMap(node -> node.resources().stream()).mapToInt(NodeView.Resource::allocatable).sum(),
                ready.size(),
                nodes.size());
    }

    void addTo(KeyFigures figures) {
        if (nodes > 0) {
            figures.metered(
                    "GPU parts in use",
                    Quantities.count(inUse),
                    "of " + Quantities.count(allocatable),
                    Gauge.of(inUse, 0, allocatable, null, "GPU parts in use"),
                    Markup.plain(readyNodes + " of " + Quantities.count(nodes, "node", "nodes") + " ready"));
        }
    }
}
