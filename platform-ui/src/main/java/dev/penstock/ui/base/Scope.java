package dev.penstock.ui.base;

import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.Me;
import dev.penstock.ui.backend.BackendProblem;
import org.jspecify.annotations.Nullable;

/**
 * What the screens show: one project, or everything the person may see.
 *
 * @param tenant the project's tenant; null exactly when the project is
 */
public record Scope(Me.@Nullable MyTenant tenant, Me.@Nullable MyProject project) {

    public static final Scope EVERYTHING = new Scope(null, null);

    /** @throws BackendProblem {@code not_found}, when the address names a project the person cannot see */
    public static Scope of(Address address, Me me) {
        String wanted = address.get(Address.PROJECT);
        if (wanted == null) {
            return EVERYTHING;
        }
        for (Me.MyTenant tenant : me.tenants()) {
            for (Me.MyProject project : tenant.projects()) {
                if (project.id().toString().equals(wanted)) {
                    return new Scope(tenant, project);
                }
            }
        }
        throw new BackendProblem(
                Problem.NOT_FOUND, "This link names a project that does not exist, or that you are not a member of.", null);
    }

    /** The project a member starts with; everything for those who see all tenants. */
    public static @Nullable ProjectId first(Me me) {
        if (Roles.seesAllTenants(me)) {
            return null;
        }
        return me.tenants().stream()
                .flatMap(tenant -> tenant.projects().stream())
                .filter(project -> project.role() != null)
                .map(Me.MyProject::id)
                .findFirst()
                .orElse(null);
    }

    /** What the project is called. */
    public String title() {
        return project == null ? "All projects" : project.name();
    }

    public @Nullable TenantId tenantId() {
        return tenant == null ? null : tenant.id();
    }

    public @Nullable ProjectId projectId() {
        return project == null ? null : project.id();
    }

    public boolean isEverything() {
        return project == null;
    }
}
