package dev.penstock.ui.usage;

import com.vaadin.flow.component.Component;
import dev.penstock.ui.base.Amounts;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.KeyFigures;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Sums;
import dev.penstock.ui.base.Unit;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The sums, each beside that of the time before. */
final class Figures {

    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    /** Above it, per cent say less than “ten times”. */
    private static final int MOST_PERCENT = 999;

    private Figures() {}

    static KeyFigures of(Sums now, Sums before, String beforeWords, String currency) {
        var figures = new KeyFigures();
        figure(figures, "Tokens", Cells.rounded(now.tokens()), now.tokens(), before.tokens(), beforeWords);
        figure(figures, "Calls", Cells.rounded(now.calls()), BigInteger.valueOf(now.calls()), BigInteger.valueOf(before.calls()), beforeWords);
        figure(figures, "Cost", Amounts.component(now.cost(), currency), now.cost(), before.cost(), beforeWords);
        mean(figures, "First token, mean", Unit.SECONDS, now.firstTokenMillis(), before.firstTokenMillis(), beforeWords);
        mean(figures, "Tokens/s, mean", Unit.TENTHS_PER_SECOND, now.tenthsPerSecond(), before.tenthsPerSecond(), beforeWords);
        figures.figure("Failed", Quantities.count(now.failed()), "", now.calls() == 0 ? null : percent(now.failed(), now.calls()) + " of the calls");
        return figures.figure(
                "Estimated", GroupTable.share(now), "",
                now.estimated() == 0 ? "every count was reported by the engine" : Quantities.count(now.estimated(), "call", "calls") + " at their upper bound");
    }

    private static void figure(KeyFigures figures, String label, Component shown, BigInteger now, BigInteger before, String words) {
        figures.figure(label, shown, difference(now, before, words));
    }

    private static void mean(KeyFigures figures, String label, Unit unit, @Nullable BigInteger now, @Nullable BigInteger before, String words) {
        if (now == null) {
            figures.figure(label, "–", "", "nothing was streamed");
        } else {
            figures.figure(label, Cells.text(unit.words().apply(now)), before == null ? "nothing in " + words : difference(now, before, words));
        }
    }

    /** For example {@code −4 % against last month by then}. */
    static String difference(BigInteger now, BigInteger before, String words) {
        if (before.signum() == 0) {
            return now.signum() == 0 ? "as much as " + words : "nothing in " + words;
        }
        BigInteger change = now.subtract(before);
        BigInteger percent = change.multiply(HUNDRED).divide(before);
        if (percent.compareTo(BigInteger.valueOf(MOST_PERCENT)) > 0) {
            return Quantities.count(now.divide(before)) + " times " + words;
        }
        String sign = change.signum() < 0 ? "−" : change.signum() > 0 ? "+" : "";
        String number = percent.signum() == 0 && change.signum() != 0 ? "< 1" : percent.abs().toString();
        return sign + number + " % against " + words;
    }

    private static String percent(long part, long whole) {
        int percent = Quantities.percent(part, whole);
        return percent == 0 && part > 0 ? "< 1 %" : percent + " %";
    }
}
