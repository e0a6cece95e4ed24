package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;

/** A link inside the portal: opens without loading the page anew, and can be copied and shared. */
public final class Link extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private transient Address address;

    public Link(Address address, Component... content) {
        super("a");
        this.address = address;
        add(content);
        to(address);
        getElement().setAttribute("router-link", true);
    }

    public Link(String text, Address address) {
        this(address, Markup.plain(text));
    }

    public static Link button(String text, Address address) {
        return new Link(text, address).css("button");
    }

    public static Link button(Icon icon, String text, Address address) {
        return new Link(address, icon.decorative(), Markup.plain(text)).css("button");
    }

    /** What a list is narrowed to; following it takes that away. */
    public static Link chosen(String label, String value, Address without) {
        return new Link(without, Markup.text("span", "quiet", label), Markup.plain(" " + value + " "), Icon.CLOSE.decorative())
                .css("filter on")
                .label(label + " " + value + ", remove");
    }

    /** Opens it as a click would. */
    public void follow() {
        getUI().ifPresent(ui -> address.openIn(ui));
    }

    public Link to(Address to) {
        address = to;
        // The document's base is the portal's root, so the empty path must be written as such.
        getElement().setAttribute("href", to.path().isEmpty() ? "./" + to.href() : to.href());
        return this;
    }

    public Link css(String classes) {
        addClassNames(classes.split(" "));
        return this;
    }

    public Link label(String label) {
        getElement().setAttribute("aria-label", label);
        return this;
    }
}
