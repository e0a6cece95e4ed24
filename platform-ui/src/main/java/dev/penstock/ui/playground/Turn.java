package dev.penstock.ui.playground;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.CallId;
import dev.penstock.ui.backend.CallEnd;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Category;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Tone;
import org.jspecify.annotations.Nullable;

/** A question and its answer by one model. What a model says is somebody else's text: it is shown as it stands and never read as markup. */
final class Turn extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private final String model;
    private final String asked;
    private final Markup state = Markup.of("span", "").attribute("role", "status");
    private final Markup thoughts = Markup.of("div", "said quiet");
    private final Markup thinking = Markup.of("details", "", Markup.text("summary", "", "What it thought"), thoughts);
    private final Markup answer = Markup.of("div", "said").attribute("dir", "auto");
    private final Markup problem = Markup.of("div", "");
    private final Markup footer = Markup.of("footer", "cost");
    private final StringBuilder words = new StringBuilder();
    private transient Measured measured = Measured.NOTHING;
    private transient @Nullable CallId call;
    private transient @Nullable CallEnd end;
    private transient @Nullable Booked booked;

    Turn(String model, String asked) {
        super("div");
        this.model = model;
        this.asked = asked;
        addClassNames("stack", "tight");
        thinking.setVisible(false);
        add(
                Markup.of("article", "turn asked", Markup.text("div", "said", asked).attribute("dir", "auto")),
                Markup.of(
                        "article", "turn",
                        Markup.of("header", "", Markup.text("span", "swatch cat " + Category.css(model), model), state),
                        thinking, answer, problem, footer));
        say(Badge.bare(Tone.BUSY, "Waiting for the first word"));
    }

    void heard(Heard heard) {
        if (end != null) {
            return;
        }
        call = heard.call() == null ? call : heard.call();
        measured = measured.and(heard);
        if (!heard.thoughts().isEmpty()) {
            thinking.setVisible(true);
            thoughts.words(heard.thoughts());
        }
        if (!heard.words().isEmpty()) {
            words.append(heard.words());
            answer.words(heard.words());
        }
        CallEnd over = heard.end();
        if (over == null) {
            say(Badge.bare(Tone.BUSY, measured.firstToken() == null ? "Waiting for the first word" : words.isEmpty() ? "Thinking" : "Answering"));
            drawFigures();
        } else {
            ended(over);
        }
    }

    /** What the books say of it; null: nothing yet. */
    void booked(@Nullable Booked rows) {
        if (rows != null) {
            booked = rows;
            drawFigures();
        }
    }

    private void ended(CallEnd over) {
        end = over;
        // One text instead of some hundred pieces of it.
        answer.removeAll();
        answer.words(words.toString());
        switch (over) {
            case CallEnd.Finished finished -> say(Ends.badge(finished));
            case CallEnd.Stopped stopped -> say(Badge.bare(Tone.OFF, words.isEmpty() ? "Stopped before the first word" : "Stopped"));
            case CallEnd.Broken broken -> refused(Ends.panel(broken, call), "Broke off");
            case CallEnd.Refused refused -> refused(Ends.panel(refused, call), "Not answered");
        }
        drawFigures();
    }

    private void refused(Component panel, String word) {
        say(Badge.bare(Tone.BAD, word));
        problem.add(panel);
    }

    private void say(Component badge) {
        state.removeAll();
        state.add(badge);
    }

    private void drawFigures() {
        footer.removeAll();
        footer.add(TurnFigures.of(this));
    }

    String model() {
        return model;
    }

    String asked() {
        return asked;
    }

    /** Without what the model thought. */
    String words() {
        return words.toString();
    }

    Measured measured() {
        return measured;
    }

    @Nullable CallId call() {
        return call;
    }

    @Nullable CallEnd end() {
        return end;
    }

    @Nullable Booked booked() {
        return booked;
    }

    boolean isOver() {
        return end != null;
    }

    boolean brokeOff() {
        return end instanceof CallEnd.Broken;
    }

    /** Whether the books will have a row of it, or have had time to. What was refused before it was forwarded has none. */
    boolean waitsForBooks() {
        return booked == null && call != null && end != null && !(end instanceof CallEnd.Refused);
    }
}
