package dev.penstock.ui.base;

import com.vaadin.flow.component.HtmlContainer;

/** One of a few views of the same list, each with its address. */
public final class Segments extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private final transient Address address;
    private final String parameter;
    private final String first;

    /** @param first what is shown when the address says nothing */
    public Segments(String label, Address address, String parameter, String first) {
        super("nav");
        this.address = address;
        this.parameter = parameter;
        this.first = first;
        addClassName("segmented");
        getElement().setAttribute("aria-label", label);
    }

    /** Instead of boxes, as tabs under a title. */
    public Segments asTabs() {
        removeClassName("segmented");
        addClassName("tabs");
        return this;
    }

    public Segments segment(String value, String title) {
        return segment(value, title, "");
    }

    /** @param count beside the title; empty for none */
    public Segments segment(String value, String title, String count) {
        var link = new Link(title, address.with(parameter, value.equals(first) ? null : value));
        if (!count.isEmpty()) {
            link.add(Markup.text("span", "count", count));
        }
        if (address.get(parameter, first).equals(value)) {
            link.getElement().setAttribute("aria-current", "true");
        }
        add(link);
        return this;
    }
}
