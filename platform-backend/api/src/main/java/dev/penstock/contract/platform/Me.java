package dev.penstock.contract.platform;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.TenantRole;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The signed-in person.
 *
 * @param subject the identity provider's {@code sub}; the actor in the audit trail
 * @param tenants those the person may see: their own, or all with an organisation role
 * @param standsIn whether somebody named the person to approve in their place, now or from some day on
 */
public record Me(String subject, String name, Set<OrganisationRole> organisationRoles, List<MyTenant> tenants, boolean standsIn) {

    /** @param role the role in the whole tenant; null where the person has one only in projects, or an organisation role alone */
    public record MyTenant(
            TenantId id, String name, String timeZone, String currency, @Nullable TenantRole role, List<MyProject> projects) {}

    /** @param role the role in the project, also by the tenant; null with an organisation role alone */
    public record MyProject(ProjectId id, String name, @Nullable TenantRole role) {}

    public boolean is(OrganisationRole role) {
        return organisationRoles.contains(role);
    }
}
