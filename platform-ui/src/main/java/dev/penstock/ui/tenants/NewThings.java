package dev.penstock.ui.tenants;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.ProjectSpec;
import dev.penstock.contract.platform.TenantSpec;
import dev.penstock.contract.platform.TenantView;
import dev.penstock.contract.platform.TenantsApi;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Toast;
import java.time.ZoneId;
import java.util.function.Consumer;

/** Dialogs that create a tenant or a project; the id is made when the dialog opens, so that sending twice creates once. */
final class NewThings {

    private static final int LONGEST_NAME = 63;

    private final TenantsApi tenants;
    private final NewIds ids;

    NewThings(TenantsApi tenants, NewIds ids) {
        this.tenants = tenants;
        this.ids = ids;
    }

    /** @param created told where the new tenant is shown */
    Confirmation tenant(Consumer<Address> created) {
        var id = new TenantId(ids.next());
        var name = Fields.text("Name", "lower case, digits, hyphens; stays for good", LONGEST_NAME);
        var title = Fields.text("Title", "what people read", 100);
        var costCentre = Fields.text("Cost centre", "where finance books it", 50);
        var zone = Fields.text("Time zone", "of its days and months, for example Europe/Berlin", 60);
        var currency = Fields.text("Currency", "three letters, for example EUR", 3);
        zone.setValue(PersonTime.zone().getId());
        currency.setValue("EUR");
        var dialog = new Confirmation(
                "New tenant", name, title, Markup.of("div", "cols", costCentre, currency).style("gap", "12px"), zone);
        var create = Action.primary("Create tenant", () -> {
            boolean complete = Fields.check(name, Fields.nameProblem(name.getValue(), LONGEST_NAME))
                    & Fields.check(title, title.getValue().isBlank() ? "Give it a title." : "")
                    & Fields.check(costCentre, costCentre.getValue().isBlank() ? "Finance needs one." : "")
                    & Fields.check(currency, currency.getValue().matches("[A-Z]{3}") ? "" : "Three capital letters.")
                    & Fields.check(zone, ZoneId.getAvailableZoneIds().contains(zone.getValue()) ? "" : "No time zone is called that.");
            if (complete) {
                dialog.attempt(() -> {
                    TenantView tenant = tenants.put(
                            id,
                            new TenantSpec(name.getValue(), title.getValue().trim(), costCentre.getValue().trim(), zone.getValue(), currency.getValue()));
                    Toast.done("Tenant " + tenant.title() + " is created. Nobody is a member yet.");
                    created.accept(Address.of("").with(TenantsView.TENANT, id.toString()).with(TenantsView.TAB, SidePanels.MEMBERS));
                });
            }
        });
        return dialog.buttons("Leave it", create);
    }

    Confirmation project(TenantView tenant, Consumer<Address> created) {
        var id = new ProjectId(ids.next());
        var name = Fields.text("Name", "lower case, digits, hyphens; unique within " + tenant.title(), LONGEST_NAME);
        var dialog = new Confirmation("New project of " + tenant.title(), name);
        var create = Action.primary("Create project", () -> {
            if (Fields.check(name, Fields.nameProblem(name.getValue(), LONGEST_NAME))) {
                dialog.attempt(() -> {
                    tenants.putProject(tenant.id(), id, new ProjectSpec(name.getValue()));
                    Toast.done("Project " + name.getValue() + " is created.");
                    created.accept(Address.of("").with(TenantsView.TENANT, tenant.id().toString()).with(TenantsView.AT, id.toString()));
                });
            }
        });
        return dialog.buttons("Leave it", create);
    }
}
