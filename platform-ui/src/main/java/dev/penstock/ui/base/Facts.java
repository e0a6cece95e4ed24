package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import org.jspecify.annotations.Nullable;

/** Labels with their values. */
public final class Facts extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    public Facts() {
        super("dl");
        addClassName("facts");
    }

    /** @param value null or empty leaves the line away */
    public Facts fact(String label, @Nullable String value) {
        return value == null || value.isEmpty() ? this : fact(label, Markup.plain(value));
    }

    public Facts fact(String label, Component value) {
        add(Markup.text("dt", "", label), Markup.of("dd", "", value));
        return this;
    }

    /** A name a machine gave. */
    public Facts code(String label, @Nullable String value) {
        return value == null || value.isEmpty() ? this : fact(label, Markup.text("span", "mono", value));
    }

    /** A number at the right edge. */
    public Facts number(String label, Component value) {
        add(Markup.text("dt", "", label), Markup.of("dd", "num", value));
        return this;
    }
}
