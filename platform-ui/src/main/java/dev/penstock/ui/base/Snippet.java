package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;

/** A piece of a program, to be copied. */
public final class Snippet extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    /** @param heading beside the button that copies */
    public Snippet(Component heading, String text, String hint) {
        super("div");
        addClassName("snippet");
        var copy = Markup.of("button", "button small", Icon.COPY.decorative(), Markup.plain("Copy"))
                .attribute("type", "button")
                .attribute("data-copy", text);
        add(
                Markup.of("header", "", heading, Markup.of("span", "actions", Markup.text("span", "hint only-wide", hint), copy)),
                Markup.text("pre", "", text).attribute("tabindex", "0").attribute("role", "region").attribute("aria-label", "Program text"));
    }
}
