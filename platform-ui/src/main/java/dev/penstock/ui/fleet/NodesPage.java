package dev.penstock.ui.fleet;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.GpuView;
import dev.penstock.contract.platform.NodeView;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Search;
import java.util.List;
import java.util.stream.Stream;

/**
 * The nodes that are drawn at once. A fleet of hundreds is found through by words and pages: drawing all of it would take a browser seconds.
 *
 * @param shown of those found
 * @param found how many the words find
 * @param number of the page, from 1
 */
record NodesPage(List<NodeView> shown, int found, int number, int pages) {

    static final int MOST = 20;
    static final String PAGE = "page";

    static NodesPage of(List<NodeView> nodes, Address address) {
        Search search = Search.of(address);
        List<NodeView> found = search.isEmpty() ? nodes : nodes.stream().filter(node -> finds(search, node)).toList();
        int pages = Math.max(1, Math.ceilDiv(found.size(), MOST));
        Integer wanted = address.number(PAGE);
        int number = Math.clamp(wanted == null ? 1 : wanted, 1, pages);
        List<NodeView> shown = found.subList((number - 1) * MOST, Math.min(number * MOST, found.size()));
        return new NodesPage(shown, found.size(), number, pages);
    }

    /** By its name, its device, what is wrong with it, and everybody who has a part of it. */
    private static boolean finds(Search search, NodeView node) {
        Stream<String> itself = Stream.of(node.name(), node.device(), node.product(), node.ready() ? "" : "not ready", node.schedulable() ? "" : "cordoned");
        return search.finds(Stream.concat(itself, node.holders().stream().flatMap(NodesPage::words)).toArray(String[]::new));
    }

    private static Stream<String> words(GpuView.Holder holder) {
        return Stream.of(holder.name(), holder.tenantName(), holder.projectName());
    }

    /** Which of them are drawn, and the way to the others. */
    Component pages(Address address) {
        String which = found == 0 ? "No node matches"
                : Quantities.count(shown.isEmpty() ? 0 : (number - 1L) * MOST + 1) + " to " + Quantities.count((number - 1L) * MOST + shown.size()) + " of "
                        + Quantities.count(found, "node", "nodes");
        return Markup.of("nav", "filters", Markup.text("span", "quiet num", which)).attribute("aria-label", "Pages of nodes")
                .with(Stream.concat(
                                number > 1 ? Stream.of(Link.button("Before", to(address, number - 1))) : Stream.of(),
                                number < pages ? Stream.of(Link.button("Next", to(address, number + 1))) : Stream.of())
                        .toArray(Component[]::new));
    }

    private static Address to(Address address, int number) {
        return address.with(PAGE, number == 1 ? null : Integer.toString(number));
    }
}
