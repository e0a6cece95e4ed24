package dev.penstock.ui.policy;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.ReplayLine;
import dev.penstock.contract.quota.ReplayView;
import dev.penstock.ui.base.Amounts;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;
import java.math.BigInteger;

/** What rules would have made of calls that were made. */
final class ReplayLines {

    private ReplayLines() {}

    static Component of(ReplayView replay) {
        Markup all = Markup.of("div", "stack tight");
        long steered = replay.lines().stream().mapToLong(ReplayLine::calls).sum();
        all.add(Markup.text("p", "", "Of " + Quantities.count(replay.calls(), "call", "calls") + " since " + PersonTime.dayAndTime(replay.from()) + ", "
                + Quantities.count(steered) + " would have been answered by another model." + difference(replay)));
        if (replay.unknown() > 0) {
            all.add(Markup.text("p", "hint", "Of " + Quantities.count(replay.unknown()) + " nobody noted how complex they were; they count as if that rule did not hold."));
        }
        if (!replay.lines().isEmpty()) {
            var table = new Table<ReplayLine>("Replayed calls", "")
                    .number("Rule", line -> Markup.plain(Integer.toString(line.rule())))
                    .column("Asked for", line -> Markup.text("span", "mono", line.asked()))
                    .column("By", line -> Markup.text("span", "mono", line.use()))
                    .number("Calls", line -> Cells.rounded(line.calls()))
                    .number("Paid", line -> Amounts.component(line.paid(), replay.currency()))
                    .number("Instead", line -> line.instead() == null ? Cells.quiet("no price") : Amounts.component(line.instead(), replay.currency()));
            table.show(replay.lines());
            all.add(table);
        }
        return all;
    }

    private static String difference(ReplayView replay) {
        BigInteger saved = replay.lines().stream()
                .filter(line -> line.instead() != null)
                .map(line -> line.paid().subtract(line.instead()))
                .reduce(BigInteger.ZERO, BigInteger::add);
        return saved.signum() == 0 ? "" : saved.signum() > 0
                ? " That would have saved " + Amounts.of(saved, replay.currency()) + "."
                : " That would have cost " + Amounts.of(saved.negate(), replay.currency()) + " more.";
    }
}
