package dev.penstock.ui.base;

import com.vaadin.flow.component.HtmlContainer;

/** A command or address with a button that copies it. */
public final class CopyLine extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    public CopyLine(String text) {
        super("div");
        addClassName("copyline");
        setTitle(text);
        add(
                Markup.text("span", "", text),
                Markup.of("button", "iconbutton small", Icon.COPY.decorative())
                        .attribute("type", "button")
                        .attribute("aria-label", "Copy")
                        .attribute("data-copy", text));
    }
}
