package dev.penstock.ui.newendpoint;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.platform.ModelFit;
import dev.penstock.contract.platform.ModelView;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Choices;
import dev.penstock.ui.base.Fit;
import dev.penstock.ui.base.FreeNow;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PriceList;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The parts of a GPU that the model could run on, with what each leaves, costs and how many are free. */
final class PartTable extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private final transient Consumer<ModelFit> whenChosen;

    PartTable(Consumer<ModelFit> whenChosen) {
        super("div");
        this.whenChosen = whenChosen;
    }

    void show(ModelView model, Map<String, SliceProfileView> profiles, PriceList prices, long contextTokens, @Nullable ModelFit chosen) {
        var table = new Table<ModelFit>("Parts of a GPU", "")
                .untitled("Choose", "pick", fit -> radio(fit, profile(fit, profiles), fit.equals(chosen)))
                .column("Profile", fit -> name(profile(fit, profiles)))
                .column("Needs", "num minor extra", fit -> Cells.text(Quantities.bytes(needs(model, fit, profiles, contextTokens).needs())))
                .column("Usable", "num minor extra", fit -> Cells.text(Quantities.bytes(fit.usableBytes())))
                .column("Fits", fit -> needs(model, fit, profiles, contextTokens).badge())
                .column("Concurrency", "num minor", fit -> atOnce(needs(model, fit, profiles, contextTokens)))
                .number("Per hour", fit -> prices.hourOf(fit.profile()))
                .column("Free now", fit -> FreeNow.of(profile(fit, profiles)))
                .rowClass(fit -> Fit.serves(fit, contextTokens) ? "" : "unfit")
                .chosen(fit -> fit.equals(chosen));
        table.show(model.fits().stream().filter(fit -> profiles.containsKey(fit.profile())).toList());
        removeAll();
        add(table);
    }

    private static Fit needs(ModelView model, ModelFit fit, Map<String, SliceProfileView> profiles, long contextTokens) {
        return Fit.of(model, fit, profile(fit, profiles), contextTokens);
    }

    private Component radio(ModelFit fit, SliceProfileView profile, boolean chosen) {
        Markup radio = Choices.radio("part", () -> whenChosen.accept(fit));
        radio.getElement().setProperty("checked", chosen);
        return radio.attribute("aria-label", profile.name() + " of " + profile.device());
    }

    /** Only parts whose profile is known are shown. */
    private static SliceProfileView profile(ModelFit fit, Map<String, SliceProfileView> profiles) {
        return Objects.requireNonNull(profiles.get(fit.profile()));
    }

    private static Component name(SliceProfileView profile) {
        return Markup.of("span", "", Markup.text("span", "strong", profile.name()), Markup.text("span", "sub", profile.device()));
    }

    private static Component atOnce(Fit fit) {
        return fit.cache() == 0 || fit.spare() < 0 ? Cells.quiet("–") : Cells.text(Quantities.count(fit.atOnce()));
    }
}
