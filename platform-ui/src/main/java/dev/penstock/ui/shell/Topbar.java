package dev.penstock.ui.shell;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.html.NativeButton;
import dev.penstock.contract.platform.Me;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Scope;

/** Brand, project switcher, search, inbox, theme and account. */
final class Topbar extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private final Link brand = Brand.link();
    private final ProjectSwitcher switcher = new ProjectSwitcher();
    private final CommandSearch search;
    private final Link inbox = new Link(Address.of(""), Icon.INBOX.decorative()).css("iconbutton").label("Inbox");
    private final Markup waiting = Markup.of("span", "count");
    private final AccountMenu account;

    Topbar(CommandSearch search) {
        super("header");
        this.search = search;
        this.account = new AccountMenu();
        addClassName("topbar");
        inbox.add(waiting);
        add(drawerButton(), brand, switcher, findButton(), helpButton(), inbox, new ThemeMenu(), account);
    }

    void show(Me me, Scope scope, Address address, Counts.Result counts) {
        brand.to(address.to(""));
        switcher.show(me, scope, address);
        search.show(me, address);
        inbox.to(address.to(""));
        inbox.label("Inbox, " + Quantities.count(counts.needs(), "thing needs you", "things need you"));
        waiting.setText(String.valueOf(counts.needs()));
        waiting.setVisible(counts.needs() > 0);
        account.show(me);
    }

    private static NativeButton drawerButton() {
        var button = new NativeButton();
        button.add(Icon.MENU.decorative());
        button.addClassNames("iconbutton", "only-narrow");
        button.setAriaLabel("Menu");
        button.getElement().setAttribute("data-drawer", "").setAttribute("aria-controls", "navigation").setAttribute("aria-expanded", "false");
        return button;
    }

    private NativeButton findButton() {
        var button = new NativeButton();
        button.addClassName("find");
        button.add(Icon.SEARCH.decorative(), Markup.text("span", "", "Search or jump to"), Markup.text("kbd", "", "/"));
        button.getElement().setAttribute("data-search", "").setAttribute("aria-label", "Search or jump to");
        button.addClickListener(click -> Action.attempt(search::open));
        return button;
    }

    private static NativeButton helpButton() {
        var button = new NativeButton();
        button.addClassName("sr");
        button.setText("Keyboard shortcuts");
        button.getElement().setAttribute("data-help", "").setAttribute("tabindex", "-1");
        button.addClickListener(click -> new ShortcutHelp().open());
        return button;
    }
}
