package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import java.util.Locale;

/** The stroke icons of {@code icons.css}. */
public enum Icon {
    APPROVE, AUDIT, CATALOGUE, CHECK, CLOCK, CLOSE, COPY, DOWN, DOWNLOAD, ENDPOINT, FILTER, FLEET, FREEZE, GAUGE, HEALTH, HOME, INBOX, INFO, KEY, LEFT, LINK,
    LOG, MENU, MODEL, MORE, PLAY, PLUS, PRICE, RIGHT, SEARCH, SHIELD, SLICE, STATEMENT, STOP, SWAP, THEME, TREE, USAGE, WARNING;

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
