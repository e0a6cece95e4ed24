package dev.penstock.ui.health;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.quota.HealthView;
import dev.penstock.contract.quota.HealthView.Loss;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What engines produced and nobody pays, by month and cause. */
final class LossesPanel {

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.UK);

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
        return panel.wide(table);
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
