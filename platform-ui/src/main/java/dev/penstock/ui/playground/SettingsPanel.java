package dev.penstock.ui.playground;

import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Quantities;
import java.math.BigDecimal;
import java.util.Optional;

/** The terms, the same for both models. */
final class SettingsPanel {

    private static final int LONGEST = 100_000;
    private static final int LINES = 4;
    private static final double HOTTEST = 2;
    private static final double STEP = 0.1;
    private static final int USUAL_TOKENS = 1_024;

    private final TextArea system = Fields.area("System prompt", "what the model is told before", LONGEST);
    private final NumberField temperature = new NumberField("Temperature");
    private final IntegerField maxTokens = Fields.number("Most tokens in an answer", "tokens", 1, Integer.MAX_VALUE);
    private final Panel panel = new Panel("Settings");
    private long most = Integer.MAX_VALUE;

    /** @param changed told when somebody changes a setting */
    SettingsPanel(Runnable changed) {
        system.setMinRows(LINES);
        temperature.setMin(0);
        temperature.setMax(HOTTEST);
        temperature.setStep(STEP);
        temperature.setHelperText("0 to 2; empty leaves it to the model");
        temperature.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        system.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        maxTokens.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        maxTokens.setValue(USUAL_TOKENS);
        maxTokens.setHelperText("so much is set aside of your limits until the answer ends");
        system.addValueChangeListener(change -> changed.run());
        temperature.addValueChangeListener(change -> changed.run());
        maxTokens.addValueChangeListener(change -> changed.run());
        panel.body(system, temperature, maxTokens);
    }

    /** @param mostTokens what each of the models says at most */
    Panel of(int models, long mostTokens) {
        most = mostTokens;
        maxTokens.setMax((int) Math.min(mostTokens, Integer.MAX_VALUE));
        return panel.hint(models == 2 ? "both models" : null);
    }

    /** Empty when something is wrong, which is then said under the field. */
    Optional<Terms> checked() {
        Double warmth = temperature.getValue();
        Integer tokens = maxTokens.getValue();
        boolean warm = wrong(temperature, warmth != null && (warmth < 0 || warmth > HOTTEST) ? "Between 0 and 2." : "");
        boolean long_ = tokens != null && (tokens < 1 || tokens > most);
        maxTokens.setErrorMessage(long_ ? "Between 1 and " + Quantities.count(most) + " here." : "");
        maxTokens.setInvalid(long_);
        return warm || long_ ? Optional.empty() : Optional.of(terms());
    }

    /** As they stand, whatever they are. */
    Terms terms() {
        Double warmth = temperature.getValue();
        return new Terms(system.getValue().strip(), warmth == null ? null : BigDecimal.valueOf(warmth), maxTokens.getValue());
    }

    private static boolean wrong(NumberField field, String problem) {
        field.setErrorMessage(problem);
        field.setInvalid(!problem.isEmpty());
        return !problem.isEmpty();
    }
}
