package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.notification.Notification;
import dev.penstock.ui.backend.BackendProblem;

/** A confirmed fact, or a refusal, that passes by. */
public final class Toast {

    private static final int SHORT_MS = 5_000;
    private static final int LONG_MS = 12_000;

    private Toast() {}

    public static void done(String sentence) {
        show("toast", Icon.CHECK, SHORT_MS, Markup.plain(sentence));
    }

    public static void problem(BackendProblem problem) {
        var words = Markup.of("span", "", Markup.text("span", "strong", problem.title()));
        String detail = problem.detail();
        if (detail != null) {
            words.words(" " + detail);
        }
        String reference = problem.reference();
        if (reference != null) {
            words.with(Markup.text("span", "hint mono block", "ref " + reference));
        }
        show("toast bad", Icon.WARNING, LONG_MS, words);
    }

    private static void show(String css, Icon icon, int milliseconds, Component words) {
        var notification = new Notification();
        notification.setPosition(Notification.Position.BOTTOM_END);
        notification.setDuration(milliseconds);
        notification.add(Markup.of("div", css, icon.decorative(), Markup.of("span", "", words)));
        notification.open();
    }
}
