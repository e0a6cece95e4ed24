package dev.penstock.platform.tenant;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.platform.MeApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.frame.identity.Caller;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.access.KnownTenant;
import dev.penstock.platform.delegation.Delegations;
import java.util.Comparator;
import java.util.List;
import org.springframework.web.bind.annotation.RestController;

/** Answers from memory: every page of the portal asks it. */
@RestController
class MeController implements MeApi {

    private final Access access;
    private final Delegations delegations;

    MeController(Access access, Delegations delegations) {
        this.access = access;
        this.delegations = delegations;
    }

    @Override
    @Audited(action = "me.read", subject = "person")
    public Me me() {
        Caller caller = access.caller();
        List<Me.MyTenant> tenants = access.knownTenants().values().stream()
                .filter(tenant -> access.sees(tenant.id(), null))
                .map(this::tenant)
                .sorted(Comparator.comparing(Me.MyTenant::name))
                .toList();
        return new Me(caller.subject(), caller.name(), access.organisationRoles(), tenants, delegations.areGivenToCaller());
    }

    private Me.MyTenant tenant(KnownTenant tenant) {
        List<Me.MyProject> projects = tenant.projects().entrySet().stream()
                .filter(project -> access.sees(tenant.id(), project.getKey()))
                .map(project -> project(tenant.id(), project.getKey(), project.getValue()))
                .sorted(Comparator.comparing(Me.MyProject::name))
                .toList();
        return new Me.MyTenant(tenant.id(), tenant.name(), tenant.timeZone(), tenant.currency(), access.roleInTenant(tenant.id()), projects);
    }

    private Me.MyProject project(TenantId tenant, ProjectId id, String name) {
        return new Me.MyProject(id, name, access.roleIn(tenant, id));
    }
}
