package dev.penstock.ui.health;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.HealthView;
import dev.penstock.contract.quota.HealthView.EngineState;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Category;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Chart;
import dev.penstock.ui.base.ChartData;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Tone;
import dev.penstock.ui.base.Unit;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Each engine's own count beside the ledger, and the days on which they differed. */
final class EnginesPanel {

    private static final int DAYS = 14;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.UK);

    private EnginesPanel() {}

    static Panel of(HealthView health) {
        var panel = new Panel("Engines").hint("their own counters beside the ledger; tokens in / out");
        if (health.engines().isEmpty()) {
            return panel.wide(new EmptyState(
                    Icon.ENDPOINT, "No engine has been compared yet", "Every endpoint that serves is compared with its engine's own counters by itself.").small());
        }
        var table = new Table<EngineState>("Engines", "")
                .column("Endpoint", engine -> Markup.of("span", "", Markup.text("span", "strong swatch cat " + Category.css(engine.model()), engine.model()),
                        Markup.text("span", "sub", engine.tenantName())))
                .column("State", EnginesPanel::state)
                .column("Last compared", "minor", engine -> ago(engine.comparedAt(), health.at()))
                .number("Unexplained", EnginesPanel::unexplained);
        table.show(health.engines());
        panel.wide(table);
        if (health.engines().stream().anyMatch(engine -> !engine.days().isEmpty())) {
            panel.body(new Chart("Unexplained tokens by day").show(chart(health)));
        }
        return panel;
    }

    private static Component state(EngineState engine) {
        return switch (engine.standing()) {
            case COMPARED -> engine.alarms() ? Badge.bare(Tone.BAD, "Counted otherwise") : Badge.bare(Tone.OK, "Explained");
            case WAITING -> Badge.bare(Tone.BUSY, "Waits for a quiet moment");
            case SILENT -> Markup.of("span", "", Badge.bare(Tone.WARN, "Does not tell"), Markup.text("span", "sub", engine.failure() == null ? "" : engine.failure()));
        };
    }

    private static Component unexplained(EngineState engine) {
        return engine.atLeast().isZero() || !engine.unexplained().isZero()
                ? Differences.alarm(engine.unexplained())
                : Markup.of("span", "", Differences.alarm(engine.atLeast()), Markup.text("span", "sub", "at least"));
    }

    static Component ago(@Nullable Instant at, Instant now) {
        return at == null ? Cells.quiet("not yet") : Moment.ago(at, now);
    }

    private static ChartData chart(HealthView health) {
        LocalDate last = health.at().atZone(ZoneOffset.UTC).toLocalDate();
        List<LocalDate> days = IntStream.range(0, DAYS).mapToObj(ago -> last.minusDays(DAYS - 1L - ago)).toList();
        List<ChartData.Series> series = health.engines().stream()
                .filter(engine -> !engine.days().isEmpty())
                .map(engine -> new ChartData.Series(
                        engine.model(), Category.css(engine.model()), ChartData.Shape.STACKED_BARS, days.stream().map(day -> tokens(engine, day)).toList()))
                .toList();
        return ChartData.bars(Unit.COUNT, days.stream().map(DAY::format).toList(), series);
    }

    /** Too many and too few do not cancel out. */
    private static @Nullable BigInteger tokens(EngineState engine, LocalDate day) {
        return engine.days().stream()
                .filter(each -> each.day().equals(day))
                .map(each -> BigInteger.valueOf(each.unexplained().input()).abs().add(BigInteger.valueOf(each.unexplained().output()).abs()))
                .findFirst()
                .orElse(BigInteger.ZERO);
    }
}
