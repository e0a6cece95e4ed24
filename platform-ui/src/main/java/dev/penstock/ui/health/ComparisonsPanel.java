package dev.penstock.ui.health;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.HealthView;
import dev.penstock.contract.quota.HealthView.Comparison;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Table;

/** The comparisons that were not simply equal. */
final class ComparisonsPanel {

    private ComparisonsPanel() {}

    static Panel of(HealthView health) {
        var panel = new Panel("Differences").hint("tokens in / out, newest first");
        if (health.comparisons().isEmpty()) {
            return panel.wide(new EmptyState(
                    Icon.CHECK, "Engines and ledger have said the same", "A comparison stands here when something had to be explained, or could not be.").small());
        }
        var table = new Table<Comparison>("Comparisons that differed, newest first", "")
                .column("When", comparison -> Moment.ago(comparison.at(), health.at()))
                .column("Endpoint", comparison -> Markup.of("span", "", Cells.text(comparison.model()), under(comparison)))
                .column("Engine counted", "num minor", comparison -> Differences.cell(comparison.counted()))
                .column("Booked", "num minor", comparison -> Differences.cell(comparison.booked()))
                .column("Explained", "num minor", comparison -> Differences.cell(comparison.explained()))
                .number("Unexplained", comparison -> Differences.alarm(comparison.unexplained()));
        table.show(health.comparisons());
        return panel.wide(table);
    }

    private static Component under(Comparison comparison) {
        return Markup.text("span", "sub", switch (comparison.kind()) {
            case COMPARED -> "";
            case BASELINE -> "counting begins here";
            case REPLACED -> "its process was gone before it could be compared";
        });
    }
}
