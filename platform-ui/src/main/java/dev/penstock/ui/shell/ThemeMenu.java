package dev.penstock.ui.shell;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Markup;
import java.util.List;
import java.util.Locale;

/** Light, dark, or as the system has it; remembered by the browser (portal.js). */
final class ThemeMenu extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    ThemeMenu() {
        super("div");
        addClassNames("switch", "only-wide");
        var button = new NativeButton();
        button.add(Icon.THEME.decorative());
        button.addClassName("iconbutton");
        button.setAriaLabel("Theme");
        var menu = new Popover();
        menu.setTarget(button);
        menu.setPosition(PopoverPosition.BOTTOM_END);
        menu.setAriaLabel("Theme");
        menu.add(choices());
        add(button, menu);
    }

    static Markup choices() {
        var choices = Markup.of("div", "menu");
        for (String theme : List.of("System", "Light", "Dark")) {
            choices.add(Markup.text("button", "", theme)
                    .attribute("type", "button")
                    .attribute("data-theme-choice", theme.toLowerCase(Locale.ROOT)));
        }
        return choices;
    }
}
