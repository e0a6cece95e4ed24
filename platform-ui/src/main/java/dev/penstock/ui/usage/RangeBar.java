package dev.penstock.ui.usage;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.datepicker.DatePicker;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Segments;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Chooses the time and shows what is filtered by. */
final class RangeBar extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    /** @param keyName what the key that is filtered by is called */
    RangeBar(Address address, Range range, ZoneId zone, @Nullable String keyName, Consumer<Address> go) {
        super("div");
        addClassName("filters");
        Address fresh = address.without(CallsPanel.CURSOR);
        var segments = new Segments("Time", fresh.without(Range.FROM, Range.TO), Range.RANGE, Range.Kind.WEEK.key());
        for (Range.Kind kind : Range.Kind.values()) {
            segments.segment(kind.key(), kind.title());
        }
        add(segments);
        if (range.kind() == Range.Kind.CUSTOM) {
            LocalDate last = day(range.to().minusMillis(1), zone);
            add(picker("From", Range.FROM, day(range.from(), zone), fresh.with(Range.TO, last.toString()), go));
            add(picker("To", Range.TO, last, fresh.with(Range.FROM, day(range.from(), zone).toString()), go));
        }
        chip("Model", Question.MODEL, fresh.get(Question.MODEL), fresh);
        chip("Key", Question.KEY, fresh.get(Question.KEY) == null ? null : keyName == null ? "one" : keyName, fresh);
        chip("Tenant", Question.TENANT, fresh.get(Question.TENANT) == null ? null : "one", fresh);
    }

    private static LocalDate day(Instant at, ZoneId zone) {
        return at.atZone(zone).toLocalDate();
    }

    private static DatePicker picker(String label, String parameter, LocalDate day, Address others, Consumer<Address> go) {
        var picker = new DatePicker(day);
        picker.setAriaLabel(label);
        picker.setLocale(Locale.UK);
        picker.addClassName("narrowfield");
        picker.addValueChangeListener(change -> {
            if (change.isFromClient() && change.getValue() != null) {
                go.accept(others.with(parameter, change.getValue().toString()));
            }
        });
        return picker;
    }

    private void chip(String label, String parameter, @Nullable String value, Address address) {
        if (value != null) {
            add(Link.chosen(label, value, address.without(parameter)));
        }
    }
}
