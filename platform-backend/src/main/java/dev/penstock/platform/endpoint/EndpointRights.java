package dev.penstock.platform.endpoint;

import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.access.KnownTenant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who may do what with endpoints: a project's members with their own, administrators with those that everybody shares. */
@Component
class EndpointRights {

    private final Access access;
    private final PlatformSettings platform;

    EndpointRights(Access access, PlatformSettings platform) {
        this.access = access;
        this.platform = platform;
    }

    /** @throws ProblemException {@code not_found} or {@code not_allowed} */
    void requireMayMake(TenantId tenant, ProjectId project, boolean shared) {
        if (!shared) {
            access.requireMember(tenant, project);
            return;
        }
        access.requireSees(tenant, project);
        access.requireAdmin();
        if (!tenant.equals(platformTenant().orElse(null))) {
            throw new ProblemException(Problem.NOT_ALLOWED, "Shared endpoints are made in the tenant " + platform.tenant() + " alone.");
        }
    }

    /** @throws ProblemException {@code not_found} or {@code not_allowed} */
    void requireMayChange(Endpoint endpoint) {
        access.requireMayOperate(endpoint.key().tenant(), endpoint.terms().project());
        if (endpoint.terms().spec().shared()) {
            access.requireAdmin();
        }
    }

    boolean mayChange(Endpoint endpoint) {
        return access.mayOperate(endpoint.key().tenant(), endpoint.terms().project()) && (!endpoint.terms().spec().shared() || access.isAdmin());
    }

    /** By role in its project. */
    boolean sees(Endpoint endpoint) {
        return access.sees(endpoint.key().tenant(), endpoint.terms().project());
    }

    /** Whose shared endpoints everybody sees; empty: there is none. */
    Optional<TenantId> platformTenant() {
        return access.knownTenants().values().stream().filter(known -> known.name().equals(platform.tenant())).map(KnownTenant::id).findFirst();
    }
}
