package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.platform.PolicyCheck;
import dev.penstock.contract.platform.RequestPreview;

/** Whether policy approves at once, or who must, and what it looked at. */
public final class Agreement extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    public Agreement(RequestPreview preview) {
        super("div");
        addClassNames("stack", "tight");
        String sentence = switch (preview.outcome()) {
            case PASSES -> "Nobody has to be asked: policy approves it at once.";
            case NEEDS_APPROVAL -> "Goes to " + preview.approvers() + ". You see the answer here without reloading.";
            case REFUSED -> "It cannot be granted as asked. Change what is marked.";
        };
        add(new Checks(preview.checks()), Markup.text("p", "quiet small", sentence));
    }

    /** The outcome in a word. */
    public static Component badge(PolicyCheck.Result outcome) {
        return switch (outcome) {
            case PASSES -> Badge.pill(Tone.OK, "Approved at once");
            case NEEDS_APPROVAL -> Badge.pill(Tone.WARN, "Needs approval");
            case REFUSED -> Badge.pill(Tone.BAD, "Not possible");
        };
    }
}
