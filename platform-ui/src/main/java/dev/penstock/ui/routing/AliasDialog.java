package dev.penstock.ui.routing;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.quota.AliasSpec;
import dev.penstock.contract.quota.AliasView;
import dev.penstock.contract.quota.RoutingStrategy;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an alias or its next version. */
final class AliasDialog {

    /** Takes the next version. */
    interface Making {

        void make(String name, int version, AliasSpec spec);
    }

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._:-]{0,99}";
    private static final int LONGEST_LIST = 4_500;

    private final TextField name = Fields.text("Name", "what callers call: letters, digits and . _ : -", 100);
    private final Select<RoutingStrategy> strategy = Fields.select("Chooses", List.of(RoutingStrategy.values()), AliasDialog::words);
    private final TextArea targets = Fields.area(
            "Models", "one a line, its weight behind it if not 1; what follows an empty line is asked only when nothing before it takes calls", LONGEST_LIST);
    private final TextField reason = Fields.text("Reason", "for the audit trail", 500);
    private final Making making;

    AliasDialog(Making making) {
        this.making = making;
        strategy.setValue(RoutingStrategy.WEIGHTED);
    }

    Confirmation add() {
        return dialog("Add an alias", 1, "Add alias");
    }

    Confirmation change(AliasView alias) {
        name.setValue(alias.name());
        name.setReadOnly(true);
        strategy.setValue(alias.strategy());
        targets.setValue(TargetLines.write(alias.targets()));
        Confirmation dialog = dialog("Change " + alias.name(), alias.version() + 1, "Save alias");
        if (!alias.targets().isEmpty()) {
            dialog.getFooter().addComponentAsFirst(Action.danger("Withdraw", () -> dialog.attempt(
                    () -> making.make(alias.name(), alias.version() + 1, new AliasSpec(alias.strategy(), List.of(), given(reason))))));
        }
        return dialog;
    }

    private Confirmation dialog(String heading, int version, String button) {
        var dialog = new Confirmation(
                heading, name, strategy, targets, reason,
                Markup.text("p", "hint", "A project is answered by those of the models that it may call. Each call is limited, priced and booked as one of the model that answered it."));
        var save = Action.primary(button, () -> {
            TargetLines read = TargetLines.read(targets.getValue());
            if (Fields.check(name, name.getValue().matches(NAME) ? "" : "Begins with a letter or digit; letters, digits and . _ : -") & Fields.check(targets, read.problem())) {
                dialog.attempt(() -> making.make(name.getValue(), version, new AliasSpec(strategy.getValue(), read.targets(), given(reason))));
            }
        });
        return dialog.buttons("Leave it", save);
    }

    private static @Nullable String given(TextField reason) {
        return reason.getValue().isBlank() ? null : reason.getValue().strip();
    }

    static String words(RoutingStrategy strategy) {
        return switch (strategy) {
            case WEIGHTED -> "By weight";
            case LEAST_BUSY -> "The least busy";
            case FASTEST -> "The fastest";
            case SESSION -> "The same for a session";
        };
    }
}
