package dev.penstock.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.server.VaadinSession;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Markup;

/** Says that the session is over, and leads back to the same address after signing in again. */
final class SignedOutDialog extends Dialog {

    private static final long serialVersionUID = 1L;

    private SignedOutDialog() {
        setHeaderTitle("You are signed out");
        setWidth("420px");
        setMaxWidth("calc(100vw - 24px)");
        setCloseOnEsc(false);
        setCloseOnOutsideClick(false);
        add(Markup.text(
                "p",
                "",
                "Your company sign-in ended this session. Whatever was confirmed is saved; what is typed here and not sent is still on"
                        + " this page until you sign in again."));
        getFooter().add(Action.primary("Sign in again", SignedOutDialog::again));
    }

    /** Once per tab, however many parts of it notice. */
    static void show() {
        UI ui = UI.getCurrent();
        if (ui.getChildren().noneMatch(SignedOutDialog.class::isInstance)) {
            var dialog = new SignedOutDialog();
            ui.add(dialog);
            dialog.open();
        }
    }

    /** Loads the present address without a session: sign-in follows, and leads back. */
    private static void again() {
        UI.getCurrent().getPage().reload();
        VaadinSession.getCurrent().getSession().invalidate();
    }
}
