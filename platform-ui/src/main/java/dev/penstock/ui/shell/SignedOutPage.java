package dev.penstock.ui.shell;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.penstock.ui.base.Markup;

/** After sign-out. */
@Route(value = "signed-out", autoLayout = false)
@PageTitle("Signed out · Penstock")
@AnonymousAllowed
class SignedOutPage extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    SignedOutPage() {
        super("main");
        addClassName("alone");
        add(
                Brand.mark(),
                Markup.text("h1", "", "You are signed out"),
                Markup.text("p", "quiet", "Here, in your other tabs, and at your company sign-in."),
                Markup.text("a", "button primary", "Sign in").attribute("href", "./oauth2/authorization/penstock").attribute("router-ignore", ""));
    }
}
