package dev.penstock.ui.fleet;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.FeatureView;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Tone;
import java.util.List;

/** Which ways of giving GPUs out the cluster has, and what is missing for the others. */
final class FeaturesPanel {

    private FeaturesPanel() {}

    static Component of(List<FeatureView> features) {
        var table = new Table<FeatureView>("What this cluster can do", "")
                .column("Way", feature -> Markup.of(
                        "span", "", Markup.text("span", "strong", feature.name()), Markup.text("span", "sub wraps", feature.sentence())))
                .column("Offered", feature -> feature.present() ? Badge.bare(Tone.OK, "yes") : Badge.bare(Tone.OFF, "no"));
        table.show(features);
        return new Panel("What this cluster can do").wide(table);
    }
}
