package dev.penstock.ui.health;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.textfield.TextArea;
import dev.penstock.contract.quota.HealthView.HeldAmount;
import dev.penstock.contract.quota.HealthView.LeftJournal;
import dev.penstock.contract.quota.WriteOffSpec;
import dev.penstock.contract.quota.WriteOffsApi;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Amounts;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Toast;
import java.time.Instant;
import java.util.stream.Collectors;

/** Declares a replica gone for good with its disk: says what it holds, and what will happen. */
final class WriteOffDialog {

    private static final int LONGEST_REASON = 500;

    private final Confirmation confirmation;

    WriteOffDialog(String replica, LeftJournal left, WriteOffsApi writeOffs) {
        TextArea reason = Fields.area("How you know that its disk is gone", "stands in the audit trail", LONGEST_REASON);
        confirmation = new Confirmation(
                "Write off " + replica + "?",
                Markup.text("p", "", "For a replica that will not come back, and whose disk is lost. If the disk is at hand, import its journal instead: then every call is booked as it was."),
                holds(left),
                Markup.text("p", "", "What it holds of limits stays counted until their periods end, so no limit is passed. What its calls can have cost is booked as platform loss, to nobody's account."
                        + " Engines are compared again without it. Should the journal turn up all the same, it is settled as always and the loss is taken back."),
                reason);
        confirmation.buttons("Keep waiting", Action.danger("Write off " + replica, () -> {
            if (Fields.check(reason, reason.getValue().isBlank() ? "Say how you know." : "")) {
                confirmation.attempt(() -> {
                    writeOffs.writeOff(replica, left.journal(), new WriteOffSpec(reason.getValue().trim()));
                    Toast.done(replica + " is written off.");
                });
            }
        }).css("primary"));
    }

    Confirmation confirmation() {
        return confirmation;
    }

    private static Component holds(LeftJournal left) {
        Instant heardAt = left.heardAt();
        var list = Markup.of("ul", "loses",
                line("Last heard of", heardAt == null ? "not known" : PersonTime.dayAndTime(heardAt)),
                line("Calls under way by its last word", Quantities.count(left.attempts())),
                line("Tenants of whose limits it holds something", Quantities.count(left.tenants())));
        for (HeldAmount held : left.held()) {
            list.add(line(MeterAmounts.title(held.meter()), MeterAmounts.of(held.meter(), held.amount())));
        }
        String money = left.money().stream().map(Amounts::of).collect(Collectors.joining(", "));
        list.add(line("Booked as platform loss, at most", money.isEmpty() ? "nothing" : money));
        return list;
    }

    private static Component line(String label, String value) {
        return Markup.of("li", "", Markup.text("span", "", label), Markup.text("span", "num", value));
    }
}
