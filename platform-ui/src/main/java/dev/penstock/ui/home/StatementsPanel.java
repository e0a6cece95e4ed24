package dev.penstock.ui.home;

import dev.penstock.contract.quota.StatementView;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Table;
import java.util.List;

/** For finance: the newest statements. */
final class StatementsPanel {

    private StatementsPanel() {}

    static Panel of(List<StatementView.Summary> statements, int most, Address here) {
        var panel = new Panel("Statements").actions(new Link("All statements", here.to(Destination.Paths.STATEMENTS)).css("button plain small"));
        if (statements.isEmpty()) {
            return panel.wide(new EmptyState(Icon.STATEMENT, "No statements yet", "The first call or slice of a month begins one.").small());
        }
        var table = new Table<StatementView.Summary>("Newest statements", "")
                .column("Month", each -> Cells.named(
                        each.month().toString(), here.to(Destination.Paths.STATEMENTS + "/" + each.tenant() + "/" + each.month()), each.tenantName()))
                .number("Amount", each -> Cells.money(each.billed()));
        table.show(statements.stream().limit(most).toList());
        return panel.wide(table);
    }
}
