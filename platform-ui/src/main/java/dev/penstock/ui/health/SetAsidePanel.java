package dev.penstock.ui.health;

import dev.penstock.contract.quota.HealthView;
import dev.penstock.contract.quota.HealthView.SetAside;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;

/** What calls under way and replicas hold of limits. */
final class SetAsidePanel {

    private SetAsidePanel() {}

    static Panel of(HealthView health) {
        var panel = new Panel("Allotments out").hint("set aside on limits for calls under way and held by replicas, over all tenants");
        if (health.setAside().isEmpty()) {
            return panel.wide(new EmptyState(Icon.GAUGE, "Nothing is set aside", "Each call under way holds what it can use at most of every limit above it, and replicas hold parts of limits for calls to come.").small());
        }
        var table = new Table<SetAside>("What is set aside by meter", "")
                .column("Meter", each -> Cells.text(MeterAmounts.title(each.meter())))
                .column("Shares", "num minor", each -> Cells.text(Quantities.count(each.shares())))
                .number("For calls", each -> Cells.text(MeterAmounts.of(each.meter(), each.amount())))
                .number("Held by replicas", each -> Cells.text(MeterAmounts.of(each.meter(), each.held())));
        if (health.setAside().stream().anyMatch(each -> each.writtenOff().signum() != 0)) {
            table.number("Written off", each -> Cells.text(MeterAmounts.of(each.meter(), each.writtenOff())));
        }
        table.show(health.setAside());
        return panel.wide(table);
    }
}
