package dev.penstock.ui.playground;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.CallId;
import dev.penstock.ui.backend.CallEnd;
import dev.penstock.ui.base.Amounts;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Quantities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an answer took, on one line: measured here, counted and priced in the books. Until they are, what the engine told. */
final class TurnFigures {

    private static final int BEGINNING = 8;
    private static final int END = 6;

    private TurnFigures() {}

    static List<Component> of(Turn turn) {
        var figures = new ArrayList<Component>();
        Measured measured = turn.measured();
        Duration first = measured.firstToken();
        if (first != null) {
            figures.add(figure("first token ", Quantities.seconds(first) + " s", ""));
        }
        Booked booked = turn.booked();
        if (booked != null) {
            tokens(figures, measured, booked.prompt(), booked.cached(), booked.completion(), booked.reasoning());
        } else if (turn.end() instanceof CallEnd.Finished finished && finished.tokens() != null) {
            CallEnd.Tokens told = finished.tokens();
            tokens(figures, measured, told.prompt(), told.cached(), told.completion(), told.reasoning());
        }
        Duration whole = measured.whole();
        if (whole != null && first != null) {
            figures.add(figure("", Quantities.seconds(whole) + " s", " in all"));
        }
        if (turn.isOver()) {
            cost(figures, turn, booked);
        }
        if (booked != null && !booked.model().equals(turn.model())) {
            figures.add(figure("answered by ", booked.model(), ""));
        }
        CallId call = turn.call();
        if (call != null) {
            figures.add(id(call));
        }
        return figures;
    }

    private static void tokens(List<Component> figures, Measured measured, long prompt, long cached, long completion, long reasoning) {
        String speed = measured.speed(completion);
        if (speed != null) {
            figures.add(figure("", speed, " tokens/s"));
        }
        figures.add(figure("", Quantities.count(prompt), cached > 0 ? " in, " + Quantities.count(cached) + " of it cached" : " in"));
        figures.add(figure("", Quantities.count(completion), reasoning > 0 ? " out, " + Quantities.count(reasoning) + " of it thought" : " out"));
    }

    private static void cost(List<Component> figures, Turn turn, @Nullable Booked booked) {
        if (booked == null) {
            if (turn.waitsForBooks()) {
                figures.add(Markup.text("span", "", "being booked"));
            }
            return;
        }
        Markup cost = figure("", Amounts.of(booked.cost()), booked.estimated() ? " est." : "");
        figures.add(cost.hover(Amounts.exactly(booked.cost().picoUnits(), booked.cost().currency())
                + (booked.estimated() ? ", at the upper bound: the engine did not report the tokens" : ", as booked")));
    }

    private static Markup figure(String before, String number, String after) {
        return Markup.of("span", "").words(before).with(Markup.text("b", "", number)).words(after);
    }

    /** What to quote when something is wrong; a click copies all of it. */
    private static Component id(CallId call) {
        String id = call.toString();
        return Markup.of("button", "copyid mono", Markup.plain("call " + id.substring(0, BEGINNING) + "…" + id.substring(id.length() - END)), Icon.COPY.decorative())
                .attribute("type", "button")
                .attribute("data-copy", id)
                .attribute("aria-label", "Copy the call's id " + id)
                .hover(id);
    }
}
