package dev.penstock.ui.shell;

import com.vaadin.flow.component.dialog.Dialog;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Markup;

/** What the keyboard does. Opens with {@code ?}. */
final class ShortcutHelp extends Dialog {

    private static final long serialVersionUID = 1L;

    ShortcutHelp() {
        setHeaderTitle("Keyboard");
        setWidth("360px");
        var keys = new Facts();
        keys.fact("Search or jump to", Markup.text("kbd", "", "/"));
        for (Destination destination : Destination.values()) {
            keys.fact(
                    destination.title(),
                    Markup.of("span", "", Markup.text("kbd", "", "g"), Markup.text("kbd", "", String.valueOf(destination.key()))));
        }
        keys.fact("Close what is open", Markup.text("kbd", "", "Esc"));
        keys.fact("This list", Markup.text("kbd", "", "?"));
        add(keys);
        getFooter().add(Action.of("Close", this::close));
    }
}
