package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;

/** What this is, and the first step. */
public final class EmptyState extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    public EmptyState(Icon icon, String title, String sentence, Component... actions) {
        super("div");
        addClassName("empty");
        add(icon.decorative(), Markup.text("h3", "", title), Markup.text("p", "", sentence));
        if (actions.length > 0) {
            add(Markup.of("div", "row", actions));
        }
    }

    /** Where it is one part of a screen among others. */
    public EmptyState small() {
        addClassName("small");
        return this;
    }
}
