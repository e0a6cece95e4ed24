package dev.penstock.ui.health;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.HealthView;
import dev.penstock.ui.base.KeyFigures;
import dev.penstock.ui.base.Quantities;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** The few numbers that say whether somebody has to look. */
final class HealthFigures {

    private HealthFigures() {}

    static Component of(HealthView health) {
        var figures = new KeyFigures();
        unexplained(figures, health);
        lag(figures, health);
        open(figures, health);
        losses(figures, health);
        HealthView.SettlementState settlement = health.settlement();
        figures.figure("Estimated", share(settlement.estimated(), settlement.attempts()), "",
                Quantities.count(settlement.estimated()) + " of " + Quantities.count(settlement.attempts()) + " attempts in 30 days");
        return figures;
    }

    private static void unexplained(KeyFigures figures, HealthView health) {
        BigInteger tokens = health.engines().stream().map(HealthFigures::unexplained).reduce(BigInteger.ZERO, BigInteger::add);
        String under = "of " + Quantities.count(health.engines().size(), "endpoint", "endpoints");
        if (tokens.signum() == 0) {
            figures.figure("Unexplained", "0", "tokens", under);
        } else {
            figures.warning("Unexplained", Quantities.rounded(tokens), "tokens", under);
        }
    }

    private static BigInteger unexplained(HealthView.EngineState engine) {
        return sum(engine.unexplained()).add(sum(engine.atLeast()));
    }

    private static BigInteger sum(HealthView.Difference difference) {
        return BigInteger.valueOf(difference.input()).abs().add(BigInteger.valueOf(difference.output()).abs());
    }

    private static void lag(KeyFigures figures, HealthView health) {
        Instant behind = health.settlement().behindSince();
        if (behind == null) {
            figures.figure("Settlement lag", "0", "s", "no end waits for its settlement");
        } else {
            figures.warning("Settlement lag", Quantities.duration(Duration.between(behind, health.at())), "", "the oldest end that is not settled");
        }
    }

    private static void open(KeyFigures figures, HealthView health) {
        HealthView.SettlementState settlement = health.settlement();
        Instant oldest = settlement.oldestOpen();
        if (settlement.unheard() > 0) {
            figures.warning("Attempts open", Quantities.count(settlement.open()), "", Quantities.count(settlement.unheard()) + " at replicas that are silent");
        } else if (settlement.overdue() > 0) {
            figures.warning("Attempts open", Quantities.count(settlement.open()), "", Quantities.count(settlement.overdue()) + " must have ended");
        } else {
            figures.figure("Attempts open", Quantities.count(settlement.open()), "",
                    oldest == null ? "none under way" : "the oldest for " + Quantities.duration(Duration.between(oldest, health.at())));
        }
    }

    private static void losses(KeyFigures figures, HealthView health) {
        long beyond = health.lossesToday().stream().filter(HealthView.LossToday::beyond).count();
        if (beyond == 0) {
            figures.figure("Platform loss this month", Quantities.rounded(lost(health)), "tokens", "input and output, by all causes");
        } else {
            figures.warning("Platform loss this month", Quantities.rounded(lost(health)), "tokens", Quantities.count(beyond, "endpoint", "endpoints") + " beyond today's limit");
        }
    }

    private static BigInteger lost(HealthView health) {
        YearMonth month = YearMonth.from(health.at().atZone(ZoneOffset.UTC));
        return health.losses().stream()
                .filter(loss -> loss.month().equals(month))
                .map(loss -> loss.input().add(loss.output()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static String share(long part, long whole) {
        if (part == 0 || whole == 0) {
            return "0 %";
        }
        int percent = Quantities.percent(part, whole);
        return percent == 0 ? "< 1 %" : percent + " %";
    }
}
