package dev.penstock.ui.policy;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.SavingsLine;
import dev.penstock.contract.quota.SavingsView;
import dev.penstock.ui.base.Amounts;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Csv;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Table;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;

/** What was saved, with the rows it is made of. */
final class SavingsPanel {

    private static final int PICO_DIGITS = 12;

    private SavingsPanel() {}

    static Component of(SavingsView savings) {
        var panel = new Panel("Saved this month").hint("the same tokens, at the price of what was asked");
        if (savings.lines().isEmpty()) {
            return panel.body(Markup.text("p", "quiet", "No call was answered otherwise than it asked."));
        }
        BigInteger saved = savings.lines().stream().map(SavingsPanel::saved).reduce(BigInteger.ZERO, BigInteger::add);
        boolean unknown = savings.lines().stream().anyMatch(line -> line.instead() == null);
        var table = new Table<SavingsLine>("Savings", "")
                .column("Asked for", line -> Markup.of("span", "", Markup.text("span", "mono", line.asked()), Markup.text("span", "sub wraps", line.why())))
                .column("Answered by", line -> Markup.text("span", "mono", line.model()))
                .number("Attempts", line -> Cells.rounded(line.attempts()))
                .number("Paid", line -> Amounts.component(line.paid(), savings.currency()))
                .column("As asked", "num minor", line -> line.instead() == null ? Cells.quiet("not known") : Amounts.component(line.instead(), savings.currency()))
                .number("Saved", line -> line.instead() == null ? Cells.quiet("–") : Amounts.component(saved(line), savings.currency()));
        table.show(savings.lines());
        return panel
                .actions(Markup.text("span", "strong num", Amounts.of(saved, savings.currency())), Csv.download("CSV", "savings.csv", () -> csv(savings)))
                .wide(table)
                .foot(Markup.text("p", "hint", unknown ? "An alias has no price of its own, and an endpoint of the project is paid by its slice: of those nothing is counted as saved." : ""));
    }

    private static BigInteger saved(SavingsLine line) {
        return line.instead() == null ? BigInteger.ZERO : line.instead().subtract(line.paid());
    }

    static String csv(SavingsView savings) {
        StringBuilder csv = new StringBuilder("asked,model,why,price_version,attempts,input,cache_read,cache_write,output,paid,as_asked,saved,currency\r\n");
        savings.lines().forEach(line -> csv.append(Csv.line(
                line.asked(), line.model(), line.why(), line.priceVersion(), line.attempts(), line.input(), line.cacheRead(), line.cacheWrite(), line.output(),
                money(line.paid()), line.instead() == null ? null : money(Objects.requireNonNull(line.instead())), line.instead() == null ? null : money(saved(line)), savings.currency())));
        return csv.toString();
    }

    private static BigDecimal money(BigInteger pico) {
        return new BigDecimal(pico, PICO_DIGITS);
    }
}
