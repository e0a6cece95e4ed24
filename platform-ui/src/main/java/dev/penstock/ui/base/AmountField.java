package dev.penstock.ui.base;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.penstock.contract.quota.Meter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An amount in people's units; what cannot be counted is said beneath it as it is typed. */
public final class AmountField extends BigDecimalField {

    private static final long serialVersionUID = 1L;
    private static final BigDecimal MOST = BigDecimal.TEN.pow(12);

    private final transient MeterUnit unit;

    public AmountField(String label, Meter meter, String currency) {
        super(label);
        this.unit = new MeterUnit(meter);
        setLocale(Locale.ENGLISH);
        setValueChangeMode(ValueChangeMode.LAZY);
        setWidthFull();
        String word = unit.word(currency);
        if (!word.isEmpty()) {
            var suffix = new Span(word);
            suffix.addClassName("unit");
            setSuffixComponent(suffix);
        }
        addValueChangeListener(change -> says(problem()));
    }

    public AmountField with(BigInteger exact) {
        setValue(unit.written(exact));
        return this;
    }

    /** In the service's units; null where nothing, or nothing that can be counted, is written. */
    public @Nullable BigInteger exact() {
        return getValue() == null || !problem().isEmpty() ? null : unit.exactly(getValue());
    }

    /** Whether there is no problem; what there is, is said. */
    public boolean says(String problem) {
        setErrorMessage(problem);
        setInvalid(!problem.isEmpty());
        return problem.isEmpty();
    }

    private String problem() {
        BigDecimal now = getValue();
        if (now == null) {
            return "";
        }
        if (now.compareTo(MOST) > 0) {
            return "More than can be counted.";
        }
        try {
            unit.exactly(now);
            return "";
        } catch (ArithmeticException finerThanCounted) {
            return now.signum() < 0 ? "Not below zero." : "Finer than it is counted.";
        }
    }
}
