package dev.penstock.ui.fleet;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Link;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/** Chooses a time that has passed: a day and an hour, or a step from where one is. */
final class PastChooser extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    /** @param to where a time is shown */
    PastChooser(Instant at, Instant now, ZoneId zone, Function<Instant, Address> to, Consumer<Address> go) {
        super("div");
        addClassName("filters");
        add(picker(at, now, zone, to, go));
        step("A day earlier", at.minus(Duration.ofDays(1)), now, to);
        step("An hour earlier", at.minus(Duration.ofHours(1)), now, to);
        step("An hour later", at.plus(Duration.ofHours(1)), now, to);
        step("A day later", at.plus(Duration.ofDays(1)), now, to);
    }

    private void step(String title, Instant at, Instant now, Function<Instant, Address> to) {
        if (!at.isAfter(now)) {
            add(Link.button(title, to.apply(at)).css("small"));
        }
    }

    private static DateTimePicker picker(Instant at, Instant now, ZoneId zone, Function<Instant, Address> to, Consumer<Address> go) {
        var picker = new DateTimePicker(LocalDateTime.ofInstant(at, zone).truncatedTo(ChronoUnit.MINUTES));
        picker.setAriaLabel("The fleet as it was on");
        picker.setDateAriaLabel("Day");
        picker.setTimeAriaLabel("Time");
        picker.setLocale(Locale.UK);
        picker.addClassName("whenfield");
        picker.setStep(Duration.ofMinutes(15));
        picker.setMax(LocalDateTime.ofInstant(now, zone));
        picker.addValueChangeListener(change -> {
            if (change.isFromClient() && change.getValue() != null) {
                Instant wanted = change.getValue().atZone(zone).toInstant();
                go.accept(to.apply(wanted));
            }
        });
        return picker;
    }
}
