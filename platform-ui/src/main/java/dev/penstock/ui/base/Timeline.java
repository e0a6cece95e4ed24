package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import org.jspecify.annotations.Nullable;

/** What really happened, and how long it took. */
public final class Timeline extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    public enum Step {
        DONE(""),
        /** Goes on now. */
        NOW("now"),
        LATER("later"),
        FAILED("failed");

        private final String css;

        Step(String css) {
            this.css = css;
        }
    }

    public Timeline() {
        super("ol");
        addClassName("timeline");
    }

    /** Goes on now, and tells how far it is. */
    public Timeline progress(String sentence, Component time, int percent) {
        add(Markup.of(
                "li",
                Step.NOW.css,
                Markup.text("span", "strong", sentence),
                time,
                Markup.of("span", "progress", Markup.of("i", ""))
                        .style("--done", percent + "%")
                        .attribute("role", "progressbar")
                        .attribute("aria-label", sentence)
                        .attribute("aria-valuemin", "0")
                        .attribute("aria-valuemax", "100")
                        .attribute("aria-valuenow", String.valueOf(percent))));
        return this;
    }

    /** @param hint particulars under the sentence; null for none */
    public Timeline step(Step step, String sentence, Component time, @Nullable String hint) {
        var item = Markup.of("li", step.css, Markup.text("span", step == Step.NOW || step == Step.FAILED ? "strong" : "", sentence), time);
        if (hint != null) {
            item.with(Markup.text("span", "hint", hint));
        }
        add(item);
        return this;
    }
}
