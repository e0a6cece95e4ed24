package dev.penstock.ui.statement;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.Money;
import dev.penstock.contract.quota.StatementView;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Amounts;
import dev.penstock.ui.base.Category;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Table;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The lines by project, and under them how the total comes about. */
final class LineTable {

    /** What stands in one row. */
    private sealed interface Row {

        /** A project, over its lines. */
        record Heading(StatementView.Line first, Money billed) implements Row {}

        record Item(StatementView.Line line) implements Row {}

        /** Under the lines. */
        record Sum(String what, String hint, Money amount, boolean exactly, String css) implements Row {}
    }

    private final Address address;
    private final String chosen;

    private LineTable(Address address) {
        this.address = address;
        this.chosen = address.get(OneStatementView.LINE, "");
    }

    static Component of(StatementView statement, Address address, Consumer<Address> remember) {
        return new LineTable(address).table(statement, remember);
    }

    private Component table(StatementView statement, Consumer<Address> remember) {
        var table = new Table<Row>("Lines of the statement", "")
                .sorted(address, remember)
                .movable(row -> row instanceof Row.Item)
                .column("What", this::what).by(row -> row instanceof Row.Item item ? Lines.what(item.line()) : "")
                .column("For", "minor", LineTable::model)
                .column("Quantity", "num minor", row -> row instanceof Row.Item item ? Lines.quantity(item.line()) : Markup.plain(""))
                .column("Price", "num minor", row -> row instanceof Row.Item item ? Lines.price(item.line()) : Markup.plain(""))
                .number("Amount", LineTable::amount).by(row -> row instanceof Row.Item item ? item.line().exact().picoUnits() : BigInteger.ZERO)
                .untitled("Rows", "num", this::open)
                .rowClass(LineTable::css)
                .chosen(row -> row instanceof Row.Item item && item.line().id().equals(chosen));
        table.show(rows(statement));
        return table;
    }

    private static List<Row> rows(StatementView statement) {
        var rows = new ArrayList<Row>();
        for (StatementView.Line line : statement.lines()) {
            if (rows.isEmpty() || !(rows.getLast() instanceof Row.Item before) || !before.line().project().equals(line.project())) {
                rows.add(new Row.Heading(line, billed(statement, line)));
            }
            rows.add(new Row.Item(line));
        }
        Money rounding = statement.rounding();
        rows.add(new Row.Sum("Sum of the rows", "exact", statement.exact(), true, "sum"));
        rows.add(new Row.Sum("Rounding", "each line once, half to even", new Money(rounding.picoUnits().negate(), rounding.currency()), true, ""));
        rows.add(new Row.Sum("Total", "", statement.billed(), false, "total"));
        return rows;
    }

    private static Money billed(StatementView statement, StatementView.Line of) {
        return statement.lines().stream()
                .filter(line -> line.project().equals(of.project()))
                .map(StatementView.Line::billed)
                .reduce(Money.zero(statement.currency()), Money::plus);
    }

    private Component what(Row row) {
        return switch (row) {
            case Row.Heading heading -> Markup.text(
                    "span", "strong swatch cat " + Category.css(heading.first().project().value()), heading.first().projectName());
            case Row.Item item -> new Link(Lines.what(item.line()), opened(item.line()));
            case Row.Sum sum -> Markup.of("span", "", Markup.plain(sum.what() + " "), Markup.text("span", "hint", sum.hint()));
        };
    }

    private static Component model(Row row) {
        if (!(row instanceof Row.Item item)) {
            return Markup.plain("");
        }
        return item.line().kind() == StatementView.Kind.TOKENS ? Cells.text(item.line().sku()) : Cells.quiet("–");
    }

    private static Component amount(Row row) {
        return switch (row) {
            case Row.Heading heading -> Markup.of("span", "strong", Cells.money(heading.billed()));
            case Row.Item item -> Markup.text("span", "num", Amounts.of(item.line().billed()))
                    .hover("exactly " + Amounts.exactly(item.line().exact().picoUnits(), item.line().exact().currency()));
            case Row.Sum sum when sum.exactly() -> Markup.text("span", "num", Amounts.exactly(sum.amount().picoUnits(), sum.amount().currency()));
            case Row.Sum sum -> Cells.money(sum.amount());
        };
    }

    private Component open(Row row) {
        return row instanceof Row.Item item
                ? new Link(opened(item.line()), Icon.RIGHT.decorative()).css("iconbutton small").label("Rows of " + Lines.what(item.line()) + ", " + item.line().projectName())
                : Markup.plain("");
    }

    private Address opened(StatementView.Line line) {
        return address.without(OneStatementView.CURSOR).with(OneStatementView.LINE, line.id());
    }

    private static String css(Row row) {
        return switch (row) {
            case Row.Heading heading -> "level-0";
            case Row.Item item -> "level-1";
            case Row.Sum sum -> sum.css();
        };
    }
}
