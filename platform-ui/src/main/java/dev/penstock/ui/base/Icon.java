package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import java.util.Locale;

/** The stroke icons of {@code icons.css}. */
public enum Icon {
    APPROVE, AUDIT, CATALOGUE, CHECK, CLOCK, CLOSE, COPY, DOWN, DOWNLOAD, ENDPOINT, FLEET, GAUGE, HEALTH, HOME, INBOX, KEY, LEFT, LOG, MENU, PLAY, PLUS, RIGHT, SEARCH,
    SEND, SHIELD, SLICE, STATEMENT, STOP, THEME, TREE, USAGE, WARNING;

    /** Beside words: invisible to a screen reader. */
    public Component decorative() {
        return mark().attribute("aria-hidden", "true");
    }

    /** Standing alone for what {@code label} says. */
    public Component meaning(String label) {
        return mark().attribute("role", "img").attribute("aria-label", label);
    }

    private Markup mark() {
        return Markup.of("i", "icon icon-" + name().toLowerCase(Locale.ROOT));
    }
}
