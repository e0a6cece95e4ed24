package dev.penstock.ui.base;

import dev.penstock.contract.platform.Me;
import dev.penstock.contract.platform.OrganisationRole;
import dev.penstock.contract.quota.TenantRole;

/** What to show to whom. The services decide; the portal hides what they would refuse. */
public final class Roles {

    private Roles() {}

    public static boolean isAdministrator(Me me) {
        return me.is(OrganisationRole.ADMIN);
    }

    public static boolean seesAllTenants(Me me) {
        return !me.organisationRoles().isEmpty();
    }

    /** Asks for slices and holds them, somewhere. */
    public static boolean works(Me me) {
        return me.tenants().stream()
                .anyMatch(tenant -> tenant.role() != null || tenant.projects().stream().anyMatch(project -> project.role() != null));
    }

    /** Decides requests, somewhere, on a right of their own. */
    public static boolean decides(Me me) {
        return isAdministrator(me) || me.tenants().stream().anyMatch(Roles::owns);
    }

    /** The same in this tenant. */
    public static boolean decides(Me me, Me.MyTenant tenant) {
        return isAdministrator(me) || owns(tenant);
    }

    /** Decides requests, somewhere, on their own or in somebody's place. */
    public static boolean approves(Me me) {
        return decides(me) || me.standsIn();
    }

    private static boolean owns(Me.MyTenant tenant) {
        return tenant.role() == TenantRole.OWNER || tenant.projects().stream().anyMatch(project -> project.role() == TenantRole.OWNER);
    }

    /** Manages projects and members of this tenant. */
    public static boolean manages(Me me, Me.MyTenant tenant) {
        return isAdministrator(me) || tenant.role() == TenantRole.OWNER;
    }

    public static boolean seesTenants(Me me) {
        return seesAllTenants(me) || decides(me);
    }

    public static boolean readsAudit(Me me) {
        return isAdministrator(me) || me.is(OrganisationRole.AUDITOR);
    }

    /** Of all tenants, or of one that is theirs. */
    public static boolean readsStatements(Me me) {
        return seesAllTenants(me) || me.tenants().stream().anyMatch(tenant -> tenant.role() == TenantRole.OWNER);
    }
}
