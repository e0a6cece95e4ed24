package dev.penstock.ui.statement;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.contract.quota.CallRow;
import dev.penstock.contract.quota.SliceTimeRow;
import dev.penstock.contract.quota.StatementRows;
import dev.penstock.contract.quota.StatementView;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Amounts;
import dev.penstock.ui.base.CallCells;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;

/** One line with its arithmetic and the rows it is made of. */
final class LinePanel {

    private LinePanel() {}

    static Panel of(StatementView.Line line, StatementRows rows, Address address) {
        var panel = new Panel(Lines.what(line));
        panel.actions(new Link(address.without(OneStatementView.LINE, OneStatementView.CURSOR), Icon.CLOSE.decorative())
                .css("iconbutton small")
                .label("Close"));
        panel.body(new Facts()
                .fact("Project", line.projectName())
                .fact("For", line.sku())
                .fact("Quantity", Lines.exactQuantity(line))
                .fact("Price", Markup.of("span", "", Lines.price(line), Markup.text("span", "quiet", ", book " + line.priceVersion())))
                .fact("Exactly", Amounts.exactly(line.exact().picoUnits(), line.exact().currency()))
                .fact("Line", Markup.text("span", "strong", Amounts.of(line.billed())))
                .fact("Rows", Quantities.count(line.rows())));
        return panel.wide(line.meter() == BilledMeter.SLICE_SECOND ? slices(rows) : calls(line, rows)).foot(pages(line, rows, address));
    }

    private static Component calls(StatementView.Line line, StatementRows rows) {
        String currency = line.exact().currency();
        var table = new Table<CallRow>("Calls of the line, oldest first", "oneline")
                .column("Time", CallCells::time)
                .column("Called by", "minor", CallCells::caller)
                .column("Call", "minor", CallCells::id)
                .number("Tokens", row -> Markup.plain(Quantities.count(quantity(row, line.meter()))))
                .number("Cost", row -> Amounts.component(Lines.cost(line, quantity(row, line.meter())), currency));
        table.show(rows.calls());
        return table;
    }

    private static long quantity(CallRow row, BilledMeter meter) {
        return switch (meter) {
            case INPUT -> row.input();
            case CACHE_READ -> row.cacheRead();
            case CACHE_WRITE -> row.cacheWrite();
            case OUTPUT -> row.output();
            case SLICE_SECOND -> 0;
        };
    }

    private static Component slices(StatementRows rows) {
        var table = new Table<SliceTimeRow>("Slice time of the line, oldest first", "oneline")
                .column("From", row -> Moment.exactly(row.from(), PersonTime.dayAndTime(row.from())))
                .column("To", "minor", row -> Moment.exactly(row.to(), PersonTime.dayAndTime(row.to())))
                .column("Slice", "minor", row -> Markup.text("span", "mono", row.slice().toString().substring(0, 8)).hover(row.slice() + ", phase " + row.phase()))
                .number("Seconds", row -> Markup.plain(Quantities.count(row.seconds())))
                .number("Cost", row -> Cells.money(row.cost()));
        table.show(rows.slices());
        return table;
    }

    private static Component[] pages(StatementView.Line line, StatementRows rows, Address address) {
        int shown = rows.calls().size() + rows.slices().size();
        var ways = Markup.of("span", "actions");
        if (address.get(OneStatementView.CURSOR) != null) {
            ways.add(new Link("First", address.without(OneStatementView.CURSOR)));
        }
        String next = rows.next();
        if (next != null) {
            ways.add(new Link("More", address.with(OneStatementView.CURSOR, next)));
        }
        return new Component[] {
            CallCells.rows(Quantities.count(shown) + " of " + Quantities.count(line.rows(), "row", "rows"), rows.archivedBefore()), ways};
    }
}
