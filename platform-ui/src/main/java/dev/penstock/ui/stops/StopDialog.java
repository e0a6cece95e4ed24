package dev.penstock.ui.stops;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import dev.penstock.contract.StopId;
import dev.penstock.contract.platform.TenantView;
import dev.penstock.contract.quota.StopLift;
import dev.penstock.contract.quota.StopSpec;
import dev.penstock.contract.quota.StopView;
import dev.penstock.contract.quota.StopsApi;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.Toast;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stops calls, and lets them go again. */
final class StopDialog {

    private static final int LONGEST_REASON = 500;

    /** @param tenant null: of a model */
    private record What(@Nullable TenantView tenant, @Nullable String model) {

        String title() {
            return tenant != null ? "tenant " + tenant.name() : "model " + model;
        }

        StopSpec spec(String reason) {
            return new StopSpec(tenant == null ? null : tenant.id(), model, reason);
        }
    }

    private StopDialog() {}

    static Confirmation stop(StopsApi stops, NewIds ids, List<TenantView> tenants, List<String> models, Runnable done) {
        StopId id = new StopId(ids.next());
        List<What> all = Stream.concat(tenants.stream().map(tenant -> new What(tenant, null)), models.stream().map(model -> new What(null, model))).toList();
        Select<What> what = Fields.select("Calls of", all, What::title);
        TextArea reason = Fields.area("Reason", "Everybody whose call is refused reads it, and it stands in the audit trail.", LONGEST_REASON);
        var dialog = new Confirmation(
                "Stop calls?",
                what, reason,
                Markup.text("p", "hint", "Within two seconds every new call is refused with 403. Calls under way go on to their end and are booked. A model of an alias is left to the alias' others."));
        return dialog.buttons("Leave it", Action.danger("Stop the calls", () -> {
            boolean chosen = what.getValue() != null;
            what.setErrorMessage(chosen ? "" : "Choose a tenant or a model.");
            what.setInvalid(!chosen);
            if (Fields.check(reason, reason.getValue().isBlank() ? "Say why." : "") & chosen) {
                dialog.attempt(() -> {
                    stops.make(id, what.getValue().spec(reason.getValue().strip()));
                    Toast.done("Calls of " + what.getValue().title() + " are stopped.");
                    done.run();
                });
            }
        }).css("primary"));
    }

    static Confirmation lift(StopsApi stops, StopView stop, String title, Runnable done) {
        TextArea reason = Fields.area("Reason", "for the audit trail", LONGEST_REASON);
        var dialog = new Confirmation("Let calls of " + title + " go?", Markup.text("p", "", "Stopped for: " + stop.reason()), reason);
        return dialog.buttons("Leave it", Action.primary("Let them go", () -> {
            if (Fields.check(reason, reason.getValue().isBlank() ? "Say why." : "")) {
                dialog.attempt(() -> {
                    stops.lift(stop.id(), new StopLift(reason.getValue().strip()));
                    Toast.done("Calls of " + title + " go again.");
                    done.run();
                });
            }
        }));
    }
}
