package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.Text;
import org.jspecify.annotations.Nullable;

/** One element with classes of {@code components.css}; text is always escaped. */
public final class Markup extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private Markup(String tag) {
        super(tag);
    }

    /** @param classes separated by spaces; may be empty */
    public static Markup of(String tag, String classes, Component... children) {
        var markup = new Markup(tag);
        if (!classes.isEmpty()) {
            markup.addClassNames(classes.split(" "));
        }
        markup.add(children);
        return markup;
    }

    public static Markup text(String tag, String classes, String text) {
        return of(tag, classes).words(text);
    }

    /** A text without an element of its own. */
    public static Component plain(String text) {
        return new Text(text);
    }

    public Markup words(String text) {
        add(plain(text));
        return this;
    }

    public Markup with(Component... children) {
        add(children);
        return this;
    }

    public Markup attribute(String name, String value) {
        getElement().setAttribute(name, value);
        return this;
    }

    /** @param value null or empty leaves the title away */
    public Markup hover(@Nullable String value) {
        if (value != null && !value.isEmpty()) {
            setTitle(value);
        }
        return this;
    }

    public Markup style(String name, String value) {
        getElement().getStyle().set(name, value);
        return this;
    }
}
