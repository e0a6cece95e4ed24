package dev.penstock.ui.tenants;

import com.vaadin.flow.component.select.Select;
import dev.penstock.contract.MoveId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.platform.MoveSpec;
import dev.penstock.contract.platform.TenantView;
import dev.penstock.contract.platform.TenantsApi;
import dev.penstock.contract.quota.KeyView;
import dev.penstock.contract.quota.KeysApi;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Toast;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The dialog that moves a project to another tenant: says what goes with it and what stays before it is done. */
final class Moving {

    private final TenantsApi tenants;
    private final KeysApi keys;
    private final NewIds ids;

    Moving(TenantsApi tenants, KeysApi keys, NewIds ids) {
        this.tenants = tenants;
        this.keys = keys;
        this.ids = ids;
    }

    /** Null where the tenant has no such project any more. @param moved told where it is shown now */
    @Nullable Confirmation dialog(TenantView from, ProjectId id, Consumer<Address> moved) {
        return from.projects().stream().filter(project -> project.id().equals(id)).findFirst().map(project -> dialog(from, project, moved)).orElse(null);
    }

    private Confirmation dialog(TenantView from, TenantView.Project project, Consumer<Address> moved) {
        var move = new MoveId(ids.next());
        List<TenantView> others = tenants.list().stream()
                .filter(tenant -> !tenant.id().equals(from.id()) && tenant.currency().equals(from.currency()))
                .toList();
        Select<TenantView> to = Fields.select("To tenant", others, TenantView::title);
        to.setHelperText("Those that are billed in " + from.currency() + " as well");
        var dialog = new Confirmation("Move " + project.name() + " to another tenant", facts(from, project), to);
        var confirm = Action.primary("Move the project", () -> {
            TenantView target = to.getValue();
            to.setErrorMessage("Choose one.");
            to.setInvalid(target == null);
            if (target != null) {
                dialog.attempt(() -> {
                    tenants.moveProject(from.id(), project.id(), move, new MoveSpec(target.id()));
                    Toast.done(project.name() + " is a project of " + target.title() + ". Its calls are booked there within seconds.");
                    moved.accept(Address.of("").with(TenantsView.TENANT, target.id().toString()).with(TenantsView.AT, project.id().toString()));
                });
            }
        });
        return dialog.buttons("Leave it", confirm);
    }

    private Facts facts(TenantView from, TenantView.Project project) {
        long working = keys.list(from.id(), project.id()).stream().filter(key -> key.state() == KeyView.State.ACTIVE).count();
        String people = from.members().stream()
                .filter(member -> project.id().equals(member.project()))
                .map(TenantView.Member::principal)
                .collect(Collectors.joining(", "));
        return new Facts()
                .fact("Goes", Quantities.count(working, "working key", "working keys") + ", with the same secrets; the limits on it, counted from nothing")
                .fact("Its members", people.isEmpty() ? "none of its own" : people)
                .fact("Stays", "all it used so far, with its statements; whoever is a member of all of " + from.title())
                .fact("First", "release its slices, delete its endpoints, decide its requests");
    }
}
