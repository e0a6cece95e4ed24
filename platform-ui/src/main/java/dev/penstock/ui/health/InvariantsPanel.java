package dev.penstock.ui.health;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.HealthView;
import dev.penstock.contract.quota.HealthView.InvariantState;
import dev.penstock.contract.quota.HealthView.Sample;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Tone;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must hold, each with when it was last asked of the last hours and of everything. */
final class InvariantsPanel {

    private InvariantsPanel() {}

    static Panel of(HealthView health) {
        var table = new Table<InvariantState>("Invariants of the books", "")
                .column("What must hold", InvariantsPanel::sentence)
                .column("Last hours", invariant -> outcome(invariant.recent(), health.at()))
                .column("Everything", "minor", invariant -> outcome(invariant.all(), health.at()))
                .column("Took", "num minor", InvariantsPanel::took);
        table.show(health.invariants());
        return new Panel("Invariants").hint("asked by one replica at a time, of the books in use; of days that are archived, of their totals").wide(table);
    }

    private static Component sentence(InvariantState invariant) {
        var cell = Markup.of("span", "", Markup.text("span", "strong", invariant.sentence()));
        Set<String> breaks = new LinkedHashSet<>();
        Stream.of(invariant.recent(), invariant.all()).filter(sample -> sample != null).forEach(sample -> breaks.addAll(sample.breaks()));
        breaks.forEach(line -> cell.with(Markup.text("span", "sub mono", line)));
        return cell;
    }

    private static Component outcome(@Nullable Sample sample, Instant now) {
        if (sample == null) {
            return Cells.quiet("not asked yet");
        }
        var badge = switch (sample.outcome()) {
            case HOLDS -> Badge.bare(Tone.OK, "Holds");
            case BROKEN -> Badge.bare(Tone.BAD, "Broken");
            case NOT_FINISHED -> Badge.bare(Tone.WARN, "Took too long");
            case CALLS_UNDER_WAY -> Badge.bare(Tone.OFF, "Calls under way");
        };
        return Markup.of("span", "", badge, Markup.of("span", "sub", Moment.ago(sample.at(), now)));
    }

    private static Component took(InvariantState invariant) {
        Sample recent = invariant.recent();
        Sample all = invariant.all();
        return Markup.of("span", "quiet", Markup.plain(recent == null ? "–" : millis(recent)), Markup.text("span", "sub", all == null ? "" : millis(all)));
    }

    private static String millis(Sample sample) {
        return sample.tookMillis() < 10_000 ? Quantities.count(sample.tookMillis()) + " ms" : Quantities.count(sample.tookMillis() / 1000) + " s";
    }
}
