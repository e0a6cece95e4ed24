package dev.penstock.ui.catalogue;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.ModelFit;
import dev.penstock.contract.platform.ModelView;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PriceList;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Tone;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model on every profile of the installation: what it would leave, how long a context, what an hour costs, what is free. */
final class FitTable {

    private final ModelView model;
    private final Map<String, SliceProfileView> profiles;
    private final PriceList prices;

    FitTable(ModelView model, Map<String, SliceProfileView> profiles, PriceList prices) {
        this.model = model;
        this.profiles = profiles;
        this.prices = prices;
    }

    Component component(@Nullable String chosen, Address page, String parameter) {
        var table = new Table<ModelFit>("Where it fits", "")
                .column("Profile", fit -> name(fit, page.with(parameter, fit.profile())))
                .column("Usable", "num minor extra", fit -> Cells.text(Quantities.bytes(fit.usableBytes())))
                .column("For context", "num minor extra", fit -> whereItFits(fit, Quantities.bytes(fit.freeForContext())))
                .column("Fits", FitTable::fits)
                .column("Longest context", "num minor", fit -> whereItFits(fit, Quantities.count(fit.longestContext())))
                .column("Concurrency", "num minor", FitTable::concurrency)
                .number("Per hour", fit -> prices.hourOf(fit.profile()))
                .column("Free now", fit -> free(fit, profiles.get(fit.profile())))
                .chosen(fit -> fit.profile().equals(chosen));
        table.show(model.fits());
        return table;
    }

    private Component name(ModelFit fit, Address address) {
        SliceProfileView profile = profiles.get(fit.profile());
        return profile == null ? Cells.text(fit.profile()) : Cells.named(profile.name(), address, profile.device());
    }

    private static Component whereItFits(ModelFit fit, String text) {
        return fit.fits() ? Cells.text(text) : Cells.quiet("–");
    }

    /** At the model's whole context, as engines state it. */
    private static Component concurrency(ModelFit fit) {
        Component shown = whereItFits(fit, fit.sequences() == 0 ? "< 1" : Quantities.count(fit.sequences()));
        return Markup.of("span", "", shown).hover("sequences of the model's whole context at once");
    }

    private static Component fits(ModelFit fit) {
        Component badge = fit.fits() ? Badge.bare(Tone.OK, "fits") : Badge.bare(Tone.BAD, shortage(fit));
        return Markup.of("span", "", badge).hover(fit.sentence());
    }

    /** Too little for the weights, or for any context beside them. */
    private static String shortage(ModelFit fit) {
        return fit.freeForContext() < 0 ? Quantities.bytes(-fit.freeForContext()) + " short" : "no room for context";
    }

    private static Component free(ModelFit fit, @Nullable SliceProfileView profile) {
        int total = profile == null ? 0 : profile.total();
        if (total == 0) {
            return Markup.of("span", "", Badge.bare(Tone.OFF, "none")).hover("the fleet has none");
        }
        return fit.free() > 0 ? Badge.bare(Tone.OK, fit.free() + " of " + total) : Badge.bare(Tone.WARN, "0 of " + total);
    }
}
