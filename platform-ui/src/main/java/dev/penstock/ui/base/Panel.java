package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import org.jspecify.annotations.Nullable;

/** A framed part of a screen: a title with a hint and actions, then content. */
public final class Panel extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private final Markup heading = Markup.of("h2", "");
    private final Markup hint = Markup.of("span", "hint");
    private final Markup actions = Markup.of("div", "actions");

    public Panel(String title) {
        super("section");
        addClassName("panel");
        heading.setText(title);
        hint.setVisible(false);
        actions.setVisible(false);
        add(Markup.of("header", "", heading, hint, actions));
        getElement().setAttribute("aria-label", title);
    }

    /** @param text null hides it */
    public Panel hint(@Nullable String text) {
        hint.setVisible(text != null);
        hint.setText(text == null ? "" : text);
        return this;
    }

    public Panel actions(Component... components) {
        actions.removeAll();
        actions.add(components);
        actions.setVisible(components.length > 0);
        return this;
    }

    /** Content up to the edges, as a table. */
    public Panel wide(Component... components) {
        add(components);
        return this;
    }

    /** Content with the panel's padding, stacked. */
    public Panel body(Component... components) {
        add(Markup.of("div", "body stack tight", components));
        return this;
    }

    public Panel foot(Component... components) {
        add(Markup.of("footer", "", components));
        return this;
    }
}
