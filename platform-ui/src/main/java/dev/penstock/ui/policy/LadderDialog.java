package dev.penstock.ui.policy;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.quota.Ladder;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What comes before a budget refuses. */
final class LadderDialog {

    private static final int WARN_AT = 80;
    private static final int DEGRADE_AT = 95;
    private static final int MOST_TOKENS = 10_000_000;

    private final @Nullable Ladder present;
    private final BiConsumer<@Nullable Ladder, String> saving;
    private final IntegerField warnAt = Fields.number("Warn from", "%", 1, 100);
    private final IntegerField degradeAt = Fields.number("Degrade from", "%", 1, 100);
    private final ComboBox<String> use = new ComboBox<>("Then answered by");
    private final IntegerField mostOutput = Fields.number("Else with answers up to", "tokens", 1, MOST_TOKENS);
    private final TextField reason = Fields.text("Reason", "for the audit trail", 500);

    LadderDialog(@Nullable Ladder present, List<String> names, BiConsumer<@Nullable Ladder, String> saving) {
        this.present = present;
        this.saving = saving;
        use.setItems(names);
        use.setAllowCustomValue(true);
        use.setClearButtonVisible(true);
        use.addCustomValueSetListener(typed -> use.setValue(typed.getDetail()));
        use.setHelperText("a cheaper model or alias; empty: none");
        warnAt.setValue(present == null ? WARN_AT : present.warnAt());
        degradeAt.setValue(present == null ? DEGRADE_AT : present.degradeAt());
        if (present != null) {
            use.setValue(present.use());
            mostOutput.setValue(present.mostOutput() == null ? null : Math.toIntExact(present.mostOutput()));
        }
    }

    Confirmation dialog() {
        var dialog = new Confirmation(
                "Before a budget refuses", Markup.of("div", "cols", warnAt, degradeAt).style("gap", "12px"), use, mostOutput, reason,
                Markup.text("p", "hint", "Counts the fullest hard limit a day, a month or for life that a call counts against. At 100 % the limit refuses, as ever. Answers say so in their headers."));
        if (present != null) {
            dialog.getFooter().addComponentAsFirst(Action.danger("Take it away", () -> dialog.attempt(() -> saving.accept(null, given()))));
        }
        return dialog.buttons("Leave it", Action.primary("Save", () -> {
            if (Fields.check(reason, reason.getValue().isBlank() ? "Why is it so?" : "") && warnAt.getValue() != null && degradeAt.getValue() != null) {
                dialog.attempt(() -> saving.accept(ladder(), given()));
            }
        }));
    }

    private Ladder ladder() {
        String model = use.getValue() == null ? "" : use.getValue().strip();
        return new Ladder(warnAt.getValue(), degradeAt.getValue(), model.isEmpty() ? null : model, mostOutput.getValue() == null ? null : mostOutput.getValue().longValue());
    }

    private String given() {
        return reason.getValue().isBlank() ? "taken away" : reason.getValue().strip();
    }
}
