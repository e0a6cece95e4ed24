package dev.penstock.ui.newslice;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.platform.SliceRequestSpec;
import dev.penstock.contract.platform.WorkspaceSpec;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.PersonTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What has to be typed in to ask for a slice. */
final class Order {

    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_PURPOSE = 1000;
    private static final int LONGEST_LEASE_HOURS = 8784;

    private final TextField name = Fields.text("Name", "lower case, digits, hyphens", LONGEST_NAME);
    private final IntegerField hours = Fields.number("Lease", "hours", 1, LONGEST_LEASE_HOURS);
    private final IntegerField memory = Fields.number("Memory", "GB", 1, 1_000);
    private final DatePicker day = new DatePicker("From when");
    private final Select<LocalTime> hour = Fields.select("At", IntStream.range(0, 24).mapToObj(each -> LocalTime.of(each, 0)).toList(), LocalTime::toString);
    private final TextArea purpose = Fields.area("Why you need it", "read by whoever decides", LONGEST_PURPOSE);

    /** @param changed told when something changed that changes what it would use or who must agree */
    Order(Runnable changed) {
        name.addValueChangeListener(change -> changed.run());
        hours.addValueChangeListener(change -> changed.run());
        memory.addValueChangeListener(change -> changed.run());
        day.setLocale(Locale.UK);
        day.setPlaceholder("when one is free");
        day.setClearButtonVisible(true);
        day.addValueChangeListener(change -> {
            hour.setVisible(change.getValue() != null);
            changed.run();
        });
        hour.setValue(LocalTime.of(9, 0));
        hour.setVisible(false);
        hour.addValueChangeListener(change -> changed.run());
    }

    TextField name() {
        return name;
    }

    IntegerField hours() {
        return hours;
    }

    IntegerField memory() {
        return memory;
    }

    DatePicker day() {
        return day;
    }

    Select<LocalTime> hour() {
        return hour;
    }

    /** In the person's own time zone; null: as soon as there is one. */
    @Nullable Instant startsAt() {
        LocalDate on = day.getValue();
        return on == null ? null : on.atTime(hour.getValue()).atZone(PersonTime.zone()).toInstant();
    }

    TextArea purpose() {
        return purpose;
    }

    int leaseHours() {
        Integer given = hours.getValue();
        return given == null ? 1 : Math.clamp(given, 1, LONGEST_LEASE_HOURS);
    }

    int memoryGb() {
        return Objects.requireNonNullElse(memory.getValue(), 1);
    }

    /** Says in words what is missing; whether nothing is. */
    boolean isComplete() {
        boolean named = Fields.check(name, Fields.nameProblem(name.getValue(), LONGEST_NAME));
        boolean explained = Fields.check(purpose, purpose.getValue().isBlank() ? "Say in a sentence what it is for." : "");
        return named && explained && !hours.isInvalid() && hours.getValue() != null;
    }

    SliceRequestSpec spec(SliceProfileView profile, @Nullable WorkspaceSpec workspace) {
        return new SliceRequestSpec(name.getValue(), profile.id(), leaseHours() * 3600L, purpose.getValue().trim(), workspace, startsAt());
    }

    /** For the preview, while name and purpose are still being thought about. */
    SliceRequestSpec draft(SliceProfileView profile, @Nullable WorkspaceSpec workspace) {
        boolean named = Fields.nameProblem(name.getValue(), LONGEST_NAME).isEmpty();
        return new SliceRequestSpec(
                named ? name.getValue() : "not-named-yet",
                profile.id(),
                leaseHours() * 3600L,
                purpose.getValue().isBlank() ? "not given yet" : purpose.getValue().trim(),
                workspace,
                startsAt());
    }
}
