package dev.penstock.ui.shell;

import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.platform.Me;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import java.util.Map;

/** The screens the person may use, grouped by job. */
final class SideNavigation extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    SideNavigation() {
        super("nav");
        addClassName("sidenav");
        setId("navigation");
        getElement().setAttribute("aria-label", "Screens");
    }

    void show(Me me, Address address, Counts.Result counts) {
        removeAll();
        for (Destination.Group group : Destination.Group.values()) {
            boolean any = false;
            for (Destination destination : Destination.values()) {
                if (destination.group() == group && destination.isFor(me)) {
                    if (!any) {
                        add(Markup.text("h2", "", group.title()));
                        any = true;
                    }
                    add(link(destination, address, counts.of()));
                }
            }
        }
    }

    void showOnlyHome(Address address) {
        removeAll();
        add(Markup.text("h2", "", Destination.Group.WORK.title()), link(Destination.HOME, address, Map.of()));
    }

    private static Link link(Destination destination, Address address, Map<Destination, Integer> counts) {
        var link = new Link(address.to(destination.path()), destination.icon().decorative(), Markup.plain(destination.title()));
        Integer count = counts.get(destination);
        if (count != null && count > 0) {
            link.add(Markup.text("span", "count", String.valueOf(count)));
        }
        link.getElement().setAttribute("data-key", String.valueOf(destination.key()));
        if (destination.holds(address.path())) {
            link.getElement().setAttribute("aria-current", "page");
        }
        return link;
    }
}
