package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.platform.ModelView;
import java.util.List;

/** Why a model fits a part of a GPU, or does not: drawn, and line by line. */
public final class FitWork extends HtmlContainer {

    private static final long serialVersionUID = 1L;
    private static final int PER_MILLE = 1000;

    public FitWork(ModelView model, Fit fit, long contextTokens) {
        super("div");
        addClassNames("stack", "tight");
        Long perToken = model.kvBytesPerToken();
        add(bar(fit));
        var table = new Table<Line>("The arithmetic", "flush")
                .column("What", line -> Markup.plain(line.what()))
                .column("How", line -> Markup.text("span", "quiet", line.how()))
                .number("Memory", line -> Markup.plain(Quantities.bytes(line.bytes())));
        table.show(List.of(
                new Line("Weights", Quantities.rounded(model.parameters()) + " parameters as " + model.precision(), fit.weights()),
                new Line("Engine", "its own working memory", fit.overhead()),
                new Line(
                        "KV cache",
                        perToken == null
                                ? "the model keeps none"
                                : Quantities.count(perToken) + " bytes a token × " + Quantities.count(contextTokens) + " tokens",
                        fit.cache()),
                new Line("Needed", "for one answer at a time", fit.needs()),
                new Line("Usable", "of " + Quantities.bytes(fit.memory()) + " in the part", fit.usable())));
        add(table, Markup.text("p", "hint", outcome(fit) + " " + trust(model)));
    }

    private record Line(String what, String how, long bytes) {}

    private static String outcome(Fit fit) {
        if (fit.spare() < 0) {
            return Quantities.bytes(-fit.spare()) + " are missing.";
        }
        return fit.atOnce() > 1 ? "There is room for " + Quantities.count(fit.atOnce()) + " such answers at once." : "It fits.";
    }

    private static String trust(ModelView model) {
        return model.confirmed()
                ? "An engine that runs the model confirmed its facts."
                : "Facts: " + model.source() + " No engine has confirmed them yet.";
    }

    private static Component bar(Fit fit) {
        long whole = Math.max(fit.memory(), fit.needs());
        var bar = Markup.of("div", "fit")
                .attribute("role", "img")
                .attribute("aria-label", Quantities.bytes(fit.needs()) + " of " + Quantities.bytes(fit.usable()) + " usable are needed");
        bar.with(
                piece("cat-1", fit.weights(), whole, "weights " + Quantities.bytes(fit.weights())),
                piece("cat-10", fit.overhead(), whole, "engine " + Quantities.bytes(fit.overhead())),
                piece("cat-6", fit.cache(), whole, "KV cache " + Quantities.bytes(fit.cache())));
        bar.with(Markup.of("i", "gate").style("left", share(fit.usable(), whole)).hover("usable " + Quantities.bytes(fit.usable())));
        return Markup.of(
                "div",
                "",
                bar,
                Markup.of(
                        "div",
                        "legend",
                        Markup.text("span", "swatch cat cat-1", "weights"),
                        Markup.text("span", "swatch cat cat-10", "engine"),
                        Markup.text("span", "swatch cat cat-6", "KV cache"),
                        Markup.text("span", "", "the mark: what is usable")));
    }

    private static Markup piece(String colour, long bytes, long whole, String title) {
        return Markup.of("i", "piece cat " + colour).style("width", share(bytes, whole)).hover(title);
    }

    private static String share(long bytes, long whole) {
        long perMille = Math.multiplyExact(bytes, PER_MILLE) / whole;
        return perMille / 10 + "." + perMille % 10 + "%";
    }
}
