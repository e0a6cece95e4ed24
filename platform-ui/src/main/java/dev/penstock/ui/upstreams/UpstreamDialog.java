package dev.penstock.ui.upstreams;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.UpstreamDialect;
import dev.penstock.contract.quota.UpstreamSpec;
import dev.penstock.contract.quota.UpstreamView;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.DataClasses;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an upstream or its next version. */
final class UpstreamDialog {

    /** Takes the next version. */
    interface Making {

        void make(String name, int version, UpstreamSpec spec);
    }

    private static final int LONGEST_LIST = 20_000;
    private static final int MOST_AT_ONCE = 100_000;
    private static final int USUALLY_AT_ONCE = 100;

    private final TextField name = Fields.text("Name", "small letters, digits and hyphens", 50);
    private final TextField address = Fields.text("Address", "the base URL that its clients use, such as https://api.example.com/v1", 500);
    private final Select<UpstreamDialect> dialect = Fields.select("Dialect", List.of(UpstreamDialect.values()), UpstreamDialog::words);
    private final PasswordField key = new PasswordField("Key");
    private final Select<DataClass> takes = Fields.select("May be given", List.of(DataClass.values()), DataClasses::upTo);
    private final IntegerField atOnce = Fields.number("Calls at once", "a replica", 1, MOST_AT_ONCE);
    private final TextArea models = Fields.area(
            "Models", "one a line: its name here, its name there, context, longest answer, product; then, where it is so: “embeddings” or “rerank” if it is not for chat, the most tokens of a byte, "
                    + "the highest class of data if that is lower than above, such as “public”, and “max_completion_tokens” if that is how it is limited",
            LONGEST_LIST);
    private final TextField reason = Fields.text("Reason", "for the audit trail", 500);
    private final Making making;

    UpstreamDialog(Making making) {
        this.making = making;
        key.setMaxLength(500);
        key.setRevealButtonVisible(false);
        key.getElement().setAttribute("autocomplete", "off");
        dialect.setValue(UpstreamDialect.OPENAI);
        takes.setValue(DataClass.PUBLIC);
        atOnce.setValue(USUALLY_AT_ONCE);
    }

    static String words(UpstreamDialect dialect) {
        return switch (dialect) {
            case OPENAI -> "OpenAI";
            case ANTHROPIC -> "Anthropic";
        };
    }

    Confirmation add() {
        key.setHelperText("what it demands; kept encrypted and never shown again");
        return dialog("Add an upstream", 1, "Add upstream");
    }

    Confirmation change(UpstreamView upstream) {
        name.setValue(upstream.name());
        name.setReadOnly(true);
        address.setValue(upstream.address());
        dialect.setValue(upstream.dialect());
        boolean hasOne = !upstream.models().isEmpty();
        key.setHelperText(hasOne ? "empty: the one that is kept stays; another server needs another" : "what it demands; kept encrypted and never shown again");
        takes.setValue(upstream.takes());
        atOnce.setValue(upstream.mostUnderWay());
        models.setValue(ModelLines.write(upstream.models()));
        Confirmation dialog = dialog("Change " + upstream.name(), upstream.version() + 1, "Save upstream");
        if (hasOne) {
            dialog.getFooter().addComponentAsFirst(Action.danger("Withdraw", () -> dialog.attempt(() -> making.make(
                    upstream.name(), upstream.version() + 1,
                    new UpstreamSpec(upstream.address(), upstream.dialect(), null, upstream.takes(), upstream.mostUnderWay(), List.of(), given(reason.getValue()))))));
        }
        return dialog;
    }

    private Confirmation dialog(String heading, int version, String button) {
        var dialog = new Confirmation(
                heading, name, address, dialect, key, Markup.of("div", "row", takes, atOnce), models, reason,
                Markup.text("p", "hint", "Calls of projects whose data may go there leave the house with their prompts. Each leaves a receipt in the usage log."));
        var save = Action.primary(button, () -> {
            ModelLines read = ModelLines.read(models.getValue(), dialect.getValue(), takes.getValue());
            boolean sound = Fields.check(name, name.getValue().matches("[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?") ? "" : "Small letters, digits and hyphens, 1 to 50.")
                    & Fields.check(address, address.getValue().isBlank() ? "Where is it?" : "")
                    & Fields.check(models, read.problem())
                    & !atOnce.isInvalid() & atOnce.getValue() != null;
            if (sound) {
                dialog.attempt(() -> making.make(name.getValue(), version, new UpstreamSpec(
                        address.getValue().strip(), dialect.getValue(), given(key.getValue()), takes.getValue(), atOnce.getValue(), read.models(), given(reason.getValue()))));
            }
        });
        return dialog.buttons("Leave it", save);
    }

    private static @Nullable String given(String value) {
        return value.isBlank() ? null : value.strip();
    }
}
