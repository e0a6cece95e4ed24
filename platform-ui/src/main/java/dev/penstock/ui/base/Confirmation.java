package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dialog.Dialog;
import dev.penstock.ui.backend.BackendProblem;
import java.util.function.Consumer;

/**
 * A dialog before something is done: names the thing and what depends on it. A refusal stays in the dialog, beside what was typed, so
 * that nothing is lost.
 */
public final class Confirmation extends Dialog {

    private static final long serialVersionUID = 1L;

    private final Markup problem = Markup.of("div", "");
    private Runnable whenClosed = () -> {};

    /** @param content what it means, and what has to be filled in */
    public Confirmation(String title, Component... content) {
        setHeaderTitle(title);
        setWidth("480px");
        setMaxWidth("calc(100vw - 24px)");
        addClassName("confirmation");
        var body = Markup.of("div", "stack tight", content);
        body.add(problem);
        add(body);
        setCloseOnOutsideClick(false);
        addOpenedChangeListener(change -> {
            if (!change.isOpened()) {
                whenClosed.run();
            }
        });
    }

    /** @param keep the word for doing nothing, for example “Keep it” */
    public Confirmation buttons(String keep, Action confirm) {
        getFooter().add(Action.of(keep, this::close), confirm);
        return this;
    }

    /** Does the work and closes; keeps itself open with the problem when it is refused. */
    public void attempt(Runnable work) {
        attemptOpen(
                () -> {
                    work.run();
                    close();
                },
                refused -> {});
    }

    /** Does the work and stays open for what it brought; a refusal is shown as well. */
    public void attemptOpen(Runnable work, Consumer<BackendProblem> refusal) {
        problem.removeAll();
        try {
            work.run();
        } catch (BackendProblem refused) {
            refusal.accept(refused);
            problem.removeAll();
            problem.add(new ProblemPanel(refused));
        }
    }

    /** For an address to go back to: a dialog has one. */
    public Confirmation whenClosed(Runnable action) {
        whenClosed = action;
        return this;
    }
}
