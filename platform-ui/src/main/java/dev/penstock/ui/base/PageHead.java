package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;

/** The title of a screen, its state and its actions. */
public final class PageHead extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    public PageHead(String title) {
        super("div");
        addClassName("pagehead");
        add(Markup.text("h1", "", title));
    }

    /** Beside the title. */
    public PageHead beside(Component... components) {
        add(components);
        return this;
    }

    public PageHead actions(Component... components) {
        add(Markup.of("div", "actions", components));
        return this;
    }

    /** A line under the title. */
    public PageHead under(String sentence) {
        add(Markup.text("p", "", sentence));
        return this;
    }
}
