package dev.penstock.quota.billing;

import dev.penstock.contract.Money;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.StatementView;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The lines of a statement with their amounts: each line rounded once, sums of sums, and what rounding took or added. Pure.
 *
 * @param exact the sum of the rows
 * @param billed the sum of the lines as rounded
 */
record Draft(List<StatementView.Line> lines, Money exact, Money billed) {

    private static final Comparator<StatementView.Line> IN_ORDER = Comparator.comparing(StatementView.Line::projectName)
            .thenComparing(line -> line.project().toString())
            .thenComparing(StatementView.Line::kind)
            .thenComparing(StatementView.Line::sku)
            .thenComparing(StatementView.Line::meter)
            .thenComparingInt(StatementView.Line::priceVersion);

    /** @param projects names by id */
    static Draft of(String currency, List<LineSum> sums, Map<ProjectId, String> projects) {
        MinorUnit unit = MinorUnit.of(currency);
        List<StatementView.Line> lines = sums.stream().map(sum -> line(sum, unit, projects)).sorted(IN_ORDER).toList();
        Money exact = Money.zero(currency);
        Money billed = Money.zero(currency);
        for (StatementView.Line line : lines) {
            exact = exact.plus(line.exact());
            billed = billed.plus(line.billed());
        }
        return new Draft(lines, exact, billed);
    }

    /** Exact less billed: positive where rounding took something off. */
    Money rounding() {
        return new Money(exact.picoUnits().subtract(billed.picoUnits()), exact.currency());
    }

    private static StatementView.Line line(LineSum sum, MinorUnit unit, Map<ProjectId, String> projects) {
        LineKey key = sum.key();
        Money exact = new Money(sum.exact(), unit.currency());
        return new StatementView.Line(
                key.id(), key.project(), projects.getOrDefault(key.project(), ""), key.kind(), key.sku(), key.meter(), key.priceVersion(),
                sum.quantity(), sum.unitPrice(), exact, unit.round(exact), sum.rows());
    }
}
