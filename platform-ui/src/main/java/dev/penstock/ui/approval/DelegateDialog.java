package dev.penstock.ui.approval;

import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.DelegationId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.DelegationSpec;
import dev.penstock.contract.platform.Me;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Names who approves in one's place: where, from when, until when. */
final class DelegateDialog {

    private static final String SOMEBODY_ELSE = "Somebody else";
    private static final Duration AT_FIRST = Duration.ofDays(7);
    private static final Duration STEP = Duration.ofMinutes(15);

    private final Select<Me.MyTenant> tenant;
    private final Select<String> person = Fields.select("Who", List.of(), name -> name);
    private final TextField another = Fields.text("Their sign-in", "the subject, as it stands in requests and in the audit trail", 200);
    private final DateTimePicker from;
    private final DateTimePicker until;
    private final ZoneId zone;
    private final Instant now;

    interface Give {
        void give(TenantId tenant, DelegationId id, DelegationSpec spec);
    }

    /**
     * @param tenants in which the person decides
     * @param people who can be named in a tenant, as far as they are known by name
     */
    DelegateDialog(List<Me.MyTenant> tenants, Function<TenantId, List<String>> people, Instant now, ZoneId zone) {
        this.zone = zone;
        this.now = now;
        this.tenant = Fields.select("In", tenants, Me.MyTenant::name);
        this.from = time("From", "empty: at once", zone, now);
        this.until = time("Until", "", zone, now);
        until.setValue(LocalDateTime.ofInstant(now.plus(AT_FIRST), zone).truncatedTo(ChronoUnit.HOURS));
        tenant.setVisible(tenants.size() > 1);
        tenant.addValueChangeListener(change -> offer(people.apply(change.getValue().id())));
        person.addValueChangeListener(change -> another.setVisible(SOMEBODY_ELSE.equals(change.getValue())));
        tenant.setValue(tenants.getFirst());
    }

    /** @param id of what is made, so that asking again makes nothing twice */
    Confirmation dialog(DelegationId id, Give give) {
        var dialog = new Confirmation(
                "Delegate approvals", tenant, person, another, from, until,
                Markup.text("p", "hint", "They decide what you may decide there, and see these requests. What they or you asked for they do not decide, "
                        + "and they cannot pass it on. Whatever they decide names you both."));
        return dialog.buttons("Leave it", Action.primary("Delegate", () -> {
            if (isComplete()) {
                LocalDateTime begins = from.getValue();
                Instant start = begins == null ? null : begins.atZone(zone).toInstant();
                dialog.attempt(() -> give.give(
                        tenant.getValue().id(), id, new DelegationSpec(whom(), start, until.getValue().atZone(zone).toInstant())));
            }
        }));
    }

    private void offer(List<String> people) {
        List<String> all = new ArrayList<>(people);
        all.add(SOMEBODY_ELSE);
        person.setItems(all);
        person.setValue(all.getFirst());
    }

    private String whom() {
        return SOMEBODY_ELSE.equals(person.getValue()) ? another.getValue().trim() : person.getValue();
    }

    private boolean isComplete() {
        LocalDateTime begins = from.getValue();
        LocalDateTime ends = until.getValue();
        LocalDateTime present = LocalDateTime.ofInstant(now, zone);
        return Fields.check(another, whom().isEmpty() ? "Who?" : "")
                & check(from, begins != null && begins.isBefore(present) ? "That is over; leave it empty for at once." : "")
                & check(until, ends == null ? "Until when?" : ends.isAfter(begins == null ? present : begins) ? "" : "It must end after it begins.");
    }

    private static boolean check(DateTimePicker field, String problem) {
        field.setErrorMessage(problem);
        field.setInvalid(!problem.isEmpty());
        return problem.isEmpty();
    }

    private static DateTimePicker time(String label, String help, ZoneId zone, Instant now) {
        var picker = new DateTimePicker(label);
        picker.setHelperText(help.isEmpty() ? null : help);
        picker.setDateAriaLabel(label + ", day");
        picker.setTimeAriaLabel(label + ", time");
        picker.setLocale(Locale.UK);
        picker.setStep(STEP);
        picker.setMin(LocalDateTime.ofInstant(now, zone).truncatedTo(ChronoUnit.MINUTES));
        picker.setManualValidation(true);
        return picker;
    }
}
