package dev.penstock.ui.base;

import com.vaadin.flow.component.HtmlContainer;

/** The way from the screen above. */
public final class Crumbs extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    public Crumbs() {
        super("ol");
        addClassName("crumbs");
        getElement().setAttribute("aria-label", "Where you are");
    }

    public Crumbs step(String title, Address address) {
        add(Markup.of("li", "", new Link(title, address)));
        return this;
    }
}
