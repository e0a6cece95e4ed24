package dev.penstock.ui.usage;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.CallPage;
import dev.penstock.contract.quota.CallRow;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.CallCells;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Segments;
import dev.penstock.ui.base.Table;

/** The usage log: one row for each attempt of a call, newest first. */
final class CallsPanel {

    static final String CURSOR = "cursor";

    private CallsPanel() {}

    static Panel of(CallPage page, Address address) {
        var where = new Segments("Where", address.without(CURSOR), Question.EGRESS, "all").segment("all", "All").segment("only", "Left the house");
        var panel = new Panel("Calls").hint("what was said is not kept").actions(where);
        if (page.calls().isEmpty()) {
            panel.wide(new EmptyState(
                    Icon.LOG, "No call in this time", address.is(Question.EGRESS, "only") ? "No call left the house in this time." : "Each call through the gateway leaves a row here. Choose a longer time, or take a filter away."));
            return page.archivedBefore() == null ? panel : panel.foot(CallCells.rows("No rows", page.archivedBefore()));
        }
        var table = new Table<CallRow>("Calls, newest first", "oneline")
                .column("Time", CallCells::time)
                .column("Call", "minor", CallCells::id)
                .column("Project", "minor", row -> Cells.text(row.projectName()))
                .column("Called by", "minor", CallCells::caller)
                .column("Model", CallCells::model)
                .number("Status", CallCells::status)
                .column("Input", "num minor", row -> Markup.plain(Quantities.count(row.input())))
                .column("Cached", "num minor", row -> Markup.plain(Quantities.count(CallCells.cached(row))))
                .column("Output", "num minor", CallCells::output)
                .column("First token", "num minor", CallCells::firstToken)
                .column("Tokens/s", "num minor", CallCells::speed)
                .number("Cost", CallCells::cost);
        table.show(page.calls());
        return panel.wide(table).foot(pages(page, address));
    }

    private static Component[] pages(CallPage page, Address address) {
        var ways = Markup.of("span", "actions");
        if (address.get(CURSOR) != null) {
            ways.add(new Link("Newest", address.without(CURSOR)));
        }
        String next = page.next();
        if (next != null) {
            ways.add(new Link("Older", address.with(CURSOR, next)));
        }
        return new Component[] {CallCells.rows(Quantities.count(page.calls().size(), "row", "rows"), page.archivedBefore()), ways};
    }
}
