package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.NativeButton;
import dev.penstock.ui.backend.BackendProblem;

/** A button that asks a service for something. A refusal is shown where the person looks; nothing else happens then. */
public final class Action extends NativeButton {

    private static final long serialVersionUID = 1L;

    private Action(String css, Runnable work, Component... content) {
        add(content);
        getElement().setAttribute("type", "button");
        addClassNames(css.split(" "));
        addClickListener(click -> attempt(work));
    }

    public static Action of(String text, Runnable work) {
        return new Action("button", work, Markup.plain(text));
    }

    public static Action of(Icon icon, String text, Runnable work) {
        return new Action("button", work, icon.decorative(), Markup.plain(text));
    }

    /** The one primary button of a page or dialog. */
    public static Action primary(String text, Runnable work) {
        return new Action("button primary", work, Markup.plain(text));
    }

    public static Action danger(String text, Runnable work) {
        return new Action("button danger", work, Markup.plain(text));
    }

    /** An icon alone. */
    public static Action icon(Icon icon, String label, Runnable work) {
        var action = new Action("iconbutton", work, icon.decorative());
        action.setAriaLabel(label);
        action.setTitle(label);
        return action;
    }

    public Action css(String classes) {
        addClassNames(classes.split(" "));
        return this;
    }

    /** Runs work; a refusal becomes a toast. */
    public static void attempt(Runnable work) {
        try {
            work.run();
        } catch (BackendProblem problem) {
            Toast.problem(problem);
        }
    }
}
