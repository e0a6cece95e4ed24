package dev.penstock.ui.shell;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;
import com.vaadin.flow.shared.communication.PushMode;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.platform.OrganisationRole;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Roles;
import java.util.ArrayList;
import java.util.Locale;

/** Who is signed in, as what, and the way out. */
final class AccountMenu extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private final Markup initials = Markup.of("span", "avatar").attribute("aria-hidden", "true");
    private final Markup who = Markup.of("div", "who");

    AccountMenu() {
        super("div");
        addClassName("switch");
        var button = new NativeButton();
        button.add(initials);
        button.addClassName("iconbutton");
        button.setAriaLabel("Account");
        var menu = new Popover();
        menu.setTarget(button);
        menu.setPosition(PopoverPosition.BOTTOM_END);
        menu.setAriaLabel("Account");
        var signOut = Action.of("Sign out", () -> getUI().ifPresent(ui -> {
            // Else this page hears first, through its push connection, that the session is gone, and reloads.
            ui.getPushConfiguration().setPushMode(PushMode.DISABLED);
            ui.getPage().executeJs("window.penstockSignOut()");
        }));
        signOut.removeClassName("button");
        menu.add(who, Markup.of("div", "menu-narrow", ThemeMenu.choices()), Markup.of("div", "menu", signOut));
        add(button, menu);
    }

    void show(Me me) {
        initials.setText(initials(me.name()));
        who.removeAll();
        who.add(Markup.text("b", "", me.name()), Markup.text("span", "hint", roles(me)));
    }

    static String initials(String name) {
        var letters = new StringBuilder();
        for (String word : name.trim().split("[\\s._-]+")) {
            if (!word.isEmpty() && letters.length() < 2) {
                letters.appendCodePoint(Character.toUpperCase(word.codePointAt(0)));
            }
        }
        return letters.toString();
    }

    private static String roles(Me me) {
        var roles = new ArrayList<String>();
        for (OrganisationRole role : OrganisationRole.values()) {
            if (me.is(role)) {
                roles.add(switch (role) {
                    case ADMIN -> "Administrator";
                    case AUDITOR -> "Auditor";
                    case FINANCE -> "Finance";
                });
            }
        }
        if (Roles.works(me)) {
            roles.add(roles.isEmpty() ? "Member" : "member");
        }
        return roles.isEmpty() ? "no role yet: ask an owner of your tenant".toLowerCase(Locale.ROOT) : String.join(", ", roles);
    }
}
