package dev.penstock.ui.health;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.HealthView;
import dev.penstock.contract.quota.HealthView.Loss;
import dev.penstock.contract.quota.HealthView.LossToday;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Category;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Tone;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What engines produced and nobody pays, by month and cause; and today's, by the endpoint whose engine it was, beside its limit. */
final class LossesPanel {

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.UK);

    private static final int SHORT = 8;

    private LossesPanel() {}

    static Panel of(HealthView health) {
        var panel = new Panel("Platform loss").hint("each posting names its call, or the replica that is gone; months in UTC");
        if (health.losses().isEmpty()) {
            return panel.wide(new EmptyState(Icon.STATEMENT, "Nothing was lost", "What failed attempts used, and what was produced for nobody, stands here by cause.").small());
        }
        var table = new Table<Loss>("Platform loss by month and cause", "")
                .column("Month", loss -> Cells.text(MONTH.format(loss.month())))
                .column("Cause", loss -> Markup.text("span", "", cause(loss.cause())).hover(loss.cause()))
                .column("Attempts", "num minor", loss -> Cells.text(Quantities.count(loss.attempts())))
                .column("Input", "num minor", loss -> Cells.rounded(loss.input()))
                .number("Output", loss -> Cells.rounded(loss.output()))
                .number("Worth", LossesPanel::worth);
        table.show(health.losses());
        panel.wide(table);
        return health.lossesToday().isEmpty() ? panel : panel.wide(today(health.lossesToday()));
    }

    private static Component today(List<LossToday> losses) {
        var table = new Table<LossToday>("Platform loss today by endpoint", "")
                .column("Lost today", LossesPanel::endpoint)
                .number("Tokens", loss -> Cells.rounded(loss.tokens()))
                .column("At most", "num minor", loss -> Cells.rounded(loss.most()))
                .column("State", loss -> loss.beyond() ? Badge.bare(Tone.BAD, "Beyond its limit") : Badge.bare(Tone.OK, "Within its limit"));
        table.show(losses);
        return table;
    }

    private static Component endpoint(LossToday loss) {
        String model = loss.model();
        String id = loss.endpoint().toString();
        var cell = model == null
                ? Markup.text("span", "mono", "…" + id.substring(id.length() - SHORT))
                : Markup.text("span", "strong swatch cat " + Category.css(model), model);
        return cell.hover(id);
    }

    private static Component worth(Loss loss) {
        if (loss.money().isEmpty()) {
            return Cells.quiet("–");
        }
        var cell = Markup.of("span", "");
        loss.money().forEach(money -> cell.with(Markup.of("span", loss.money().size() > 1 ? "sub" : "", Cells.money(money))));
        return cell;
    }

    /** As people say it; a word of ours that is not known here stays as it is. */
    private static String cause(String word) {
        return switch (word) {
            case "client-gone" -> "The caller left";
            case "upstream-failed" -> "The engine failed";
            case "upstream-broke-off" -> "The engine broke off";
            case "timed-out" -> "It took too long";
            case "shut-down" -> "The gateway stopped";
            case "never-settled" -> "The gateway died";
            case "beyond-bound" -> "More than was reserved";
            case "completed" -> "The engine told it late";
            case "replica-gone" -> "A replica is gone with its disk";
            case "overestimated" -> "Estimated too high";
            default -> word;
        };
    }
}
