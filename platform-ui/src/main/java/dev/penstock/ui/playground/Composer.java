package dev.penstock.ui.playground;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Markup;
import java.util.function.Consumer;

/** Where the next question is written. While somebody answers, the only thing to do is to stop them. */
final class Composer {

    private static final int LONGEST = 200_000;
    private static final String NOTHING_STORED = "nothing you write is stored";

    private final TextArea question = Fields.area("", "", LONGEST);
    private final Markup hint = Markup.text("span", "hint grow", NOTHING_STORED);
    private final Action stop;
    private final Action send;
    private final Markup panel;
    private final Consumer<String> ask;

    Composer(Consumer<String> ask, Runnable stopping) {
        this.ask = ask;
        stop = Action.of(Icon.STOP, "Stop", stopping);
        send = Action.primary("Send", this::send);
        send.addComponentAsFirst(Icon.SEND.decorative());
        // Told when somebody leaves the field: long questions are not sent again with every key. The shortcut leaves it for a moment.
        question.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        Shortcuts.addShortcutListener(question, this::send, Key.ENTER, KeyModifier.CONTROL).listenOn(question).resetFocusOnActiveElement();
        var keys = Markup.of("span", "only-wide", Markup.text("kbd", "", "Ctrl"), Markup.plain(" "), Markup.text("kbd", "", "Enter"));
        panel = Markup.of("section", "panel composer", Markup.of("div", "body stack tight", question, Markup.of("div", "row wrap", hint, Markup.of("span", "actions", keys, stop, send))));
        answered();
    }

    Markup panel() {
        return panel;
    }

    void of(int models) {
        String label = models == 2 ? "Ask both models" : "Ask the model";
        question.setPlaceholder(label);
        question.setAriaLabel(label);
    }

    String text() {
        return question.getValue().strip();
    }

    /** @param sums of the conversation; empty for none */
    void hint(String sums) {
        hint.setText(sums.isEmpty() ? NOTHING_STORED : sums + " · " + NOTHING_STORED);
    }

    void asked() {
        question.clear();
        send.setEnabled(false);
        stop.setVisible(true);
    }

    void answered() {
        send.setEnabled(true);
        stop.setVisible(false);
    }

    private void send() {
        if (send.isEnabled() && !text().isEmpty()) {
            ask.accept(text());
        }
    }
}
