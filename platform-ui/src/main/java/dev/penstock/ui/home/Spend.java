package dev.penstock.ui.home;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.UsageApi;
import dev.penstock.contract.quota.UsageSeries;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Amounts;
import dev.penstock.ui.base.Chart;
import dev.penstock.ui.base.ChartData;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Gauge;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.KeyFigures;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.ProblemPanel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Scope;
import dev.penstock.ui.base.Sums;
import dev.penstock.ui.base.TimeAxis;
import dev.penstock.ui.base.Unit;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The month so far, day by day, against its budget. When the usage cannot be read, it says so in its own place and the rest of the screen stays.
 *
 * @param problem why there are no days; null: there are
 */
record Spend(
        @Nullable Budget budget, String currency, TimeAxis days, SortedMap<Instant, Sums> used, Instant now, @Nullable BackendProblem problem) {

    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    static Spend read(UsageApi usage, Scope scope, @Nullable Budget budget, String currency, Instant now, ZoneId zone) {
        YearMonth month = YearMonth.from(now.atZone(zone));
        Instant from = month.atDay(1).atStartOfDay(zone).toInstant();
        Instant to = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
        TimeAxis days = TimeAxis.of(from, to, UsageSeries.Bucket.DAY, zone);
        try {
            UsageSeries series = usage.series(
                    scope.tenantId(), scope.projectId(), null, null, from, now.isAfter(from) ? now : to, UsageSeries.Bucket.DAY, UsageSeries.By.TENANT);
            String told = Sums.currency(series.points());
            return new Spend(budget, told == null ? currency : told, days, Sums.byTime(series), now, null);
        } catch (BackendProblem unreadable) {
            return new Spend(budget, currency, days, new TreeMap<>(), now, unreadable);
        }
    }

    void addTo(KeyFigures figures) {
        Budget present = budget;
        if (present != null) {
            figures.metered(
                    "Spend of " + present.owner() + " this month, of " + Amounts.of(present.amount(), currency),
                    Amounts.of(present.used(), currency),
                    Quantities.percent(present.used(), present.amount()) + " %",
                    Gauge.of(present.used(), present.setAside(), present.amount(), present.softPercent(), "Spend this month"),
                    forecast(present));
        } else if (problem == null) {
            Sums month = used.values().stream().reduce(Sums.NONE, Sums::plus);
            figures.figure("Spend this month", Amounts.component(month.cost(), currency), "no budget is set");
        }
        if (problem == null) {
            Sums today = used.tailMap(lastDay()).values().stream().reduce(Sums.NONE, Sums::plus);
            figures.figure("Tokens today", Markup.text("span", "num", Quantities.rounded(today.tokens())).hover(Quantities.count(today.tokens())), Quantities.count(today.calls(), "call", "calls"));
        }
    }

    private Instant lastDay() {
        return days.starts().stream().filter(start -> !start.isAfter(now)).reduce(days.starts().getFirst(), (one, other) -> other);
    }

    /** In words, with the arithmetic on hover. */
    private Component forecast(Budget present) {
        String aside = Amounts.of(present.setAside(), currency) + " set aside for calls under way";
        if (!present.isEnoughToForecast(now)) {
            return Markup.plain(aside);
        }
        Instant end = present.exhausted(now);
        String arithmetic = Amounts.of(present.used(), currency) + " since " + PersonTime.day(present.from()) + " is "
                + Amounts.of(present.perDay(now), currency) + " a day; " + Amounts.of(present.amount(), currency)
                + (end == null ? " lasts beyond the month" : " lasts until " + PersonTime.exact(end));
        Markup words = end == null
                ? Markup.text("span", "", Amounts.of(present.forecast(now), currency) + " at this pace")
                : Markup.text("span", "is-warn strong", "Exhausted on " + PersonTime.day(end));
        return Markup.of("span", "", words.hover(arithmetic), Markup.plain((end == null ? "" : " at this pace") + " · " + aside));
    }

    Panel againstBudget() {
        var panel = new Panel(isAgainstBudget() ? "Spend against budget" : "Spend this month");
        if (problem != null) {
            return panel.body(new ProblemPanel(problem));
        }
        var chart = new Chart("Spend this month, added up");
        chart.addClassName("low");
        return panel.body(chart.show(new ChartData(Unit.money(currency), days.labels(), curves(), marks())));
    }

    /** What others of the tenant spend is not on a project's own curve. */
    private boolean isAgainstBudget() {
        Budget present = budget;
        return present != null && present.ofScope();
    }

    private List<ChartData.Series> curves() {
        var spent = new ArrayList<@Nullable BigInteger>();
        var expected = new ArrayList<@Nullable BigInteger>();
        BigInteger sum = BigInteger.ZERO;
        Budget present = budget;
        boolean forecast = present != null && present.ofScope() && present.isEnoughToForecast(now);
        for (Instant day : days.starts()) {
            boolean past = !day.isAfter(now);
            sum = past ? sum.add(used.getOrDefault(day, Sums.NONE).cost()) : forecast && present != null ? sum.add(present.perDay(now)) : sum;
            spent.add(past ? sum : null);
            expected.add(!past || day.equals(lastDay()) ? sum : null);
        }
        var curves = new ArrayList<ChartData.Series>();
        curves.add(new ChartData.Series("spent", "cat-1", ChartData.Shape.AREA, spent));
        if (forecast) {
            curves.add(new ChartData.Series("at this pace", "cat-1", ChartData.Shape.DASHES, expected));
        }
        return curves;
    }

    private List<ChartData.Mark> marks() {
        var marks = new ArrayList<ChartData.Mark>();
        Budget present = budget;
        if (present != null && present.ofScope()) {
            marks.add(new ChartData.Mark("limit " + Amounts.of(present.amount(), currency), "signal", present.amount()));
            Integer soft = present.softPercent();
            if (soft != null) {
                BigInteger value = present.amount().multiply(BigInteger.valueOf(soft)).divide(HUNDRED);
                marks.add(new ChartData.Mark("soft mark " + Amounts.of(value, currency), "text-3", value));
            }
        }
        return marks;
    }

    Panel tokensPerDay(Address here) {
        var panel = new Panel("Tokens per day").actions(new Link("Usage", here.to(Destination.Paths.USAGE)).css("button plain small"));
        if (problem != null) {
            return panel.body(new ProblemPanel(problem));
        }
        if (used.isEmpty()) {
            return panel.wide(new EmptyState(Icon.USAGE, "No call this month", "Every call of a model is counted here, by what went in and what came out.").small());
        }
        var chart = new Chart("Tokens per day");
        chart.addClassName("low");
        return panel.body(chart.show(ChartData.bars(Unit.COUNT, days.labels(), List.of(
                bars("input", "cat-3", Sums::input), bars("cached", "cat-6", Sums::cached), bars("output", "cat-1", Sums::output)))));
    }

    private ChartData.Series bars(String name, String colour, Function<Sums, BigInteger> value) {
        List<@Nullable BigInteger> values = new ArrayList<>();
        days.starts().forEach(day -> values.add(value.apply(used.getOrDefault(day, Sums.NONE))));
        return new ChartData.Series(name, colour, ChartData.Shape.STACKED_BARS, values);
    }
}
