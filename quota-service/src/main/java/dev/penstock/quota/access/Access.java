package dev.penstock.quota.access;

import dev.penstock.contract.Change;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.identity.Caller;
import dev.penstock.frame.identity.CurrentCaller;
import dev.penstock.frame.identity.IdentitySettings;
import dev.penstock.frame.problem.ProblemException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who may do what. What somebody may not even see is {@code not_found}, exactly as if it did not exist; what they see and may not do is
 * {@code not_allowed}.
 *
 * <p>Members read their tenant's limits and their projects' usage, its owners also its statements. Administrators, auditors and finance read
 * all; only administrators set limits and write off replicas, and they or finance make prices, which everybody reads. The trail and the state of the books are read by auditors and administrators.
 * Registering, reserving and reporting time is for services; a service's token opens nothing else here,
 * whatever groups it may carry.
 */
@Component
public class Access {

    private static final String TRAIL = "audit";
    private static final String PRICES = "price";
    private static final String HEALTH = "health";

    private final CurrentCaller callers;
    private final IdentitySettings identity;
    private final TableCopy<TenantId, Membership> memberships;
    private final ProjectIndex projects;

    Access(CurrentCaller callers, IdentitySettings identity, TableCopy<TenantId, Membership> memberships) {
        this.callers = callers;
        this.identity = identity;
        this.memberships = memberships;
        this.projects = new ProjectIndex(memberships);
    }

    /** Whoever asks. */
    public Caller caller() {
        return callers.get();
    }

    /** The same, as the audit trail names them. */
    public Actor actor() {
        return caller().actor();
    }

    /** By an organisation role: administrator, auditor or finance. */
    public boolean seesAllTenants() {
        return seesAllTenants(caller());
    }

    /** Tenants in which the caller has a role, in the tenant or in one of its projects. */
    public Set<TenantId> ownTenants() {
        Caller caller = caller();
        return memberships.current().values().stream()
                .filter(membership -> membership.belongs(caller))
                .map(Membership::tenant)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @param project null: the tenant itself, which everybody with a role anywhere in it sees */
    public boolean sees(TenantId tenant, @Nullable ProjectId project) {
        return sees(caller(), tenant, project);
    }

    /** @throws ProblemException {@code not_found} */
    public void requireSees(TenantId tenant) {
        requirePerson();
        if (!sees(tenant, null)) {
            throw notFound();
        }
    }

    /** @throws ProblemException {@code not_allowed} for the token of a service */
    public void requirePerson() {
        if (caller().isService()) {
            throw notAllowed("This is for people; the token belongs to a service.");
        }
    }

    /**
     * For administrators. Whether the tenant exists is for the caller of this method to find out: it may have been registered a moment ago.
     *
     * @throws ProblemException {@code not_allowed} to who sees the tenant, {@code not_found} to all others
     */
    public void requireAdminOf(TenantId tenant) {
        requirePerson();
        if (!isAdmin(caller())) {
            requireSees(tenant);
            throw notAllowed("Only administrators may do this.");
        }
    }

    /**
     * For administrators: what is no tenant's.
     *
     * @throws ProblemException {@code not_allowed}
     */
    public void requireAdmin() {
        requirePerson();
        if (!isAdmin(caller())) {
            throw notAllowed("Only administrators may do this.");
        }
    }

    /**
     * For those who have a role in the project by membership. An organisation role alone sees it and may not.
     *
     * @throws ProblemException {@code not_allowed} to who sees the project, {@code not_found} to all others and for a project that does not exist
     */
    public void requireMember(TenantId tenant, ProjectId project) {
        requireSeesProject(tenant, project);
        if (!isMember(caller(), tenant, project)) {
            throw notAllowed("Only members of the project may do this.");
        }
    }

    /** Whether the caller owns the project or its tenant, or is an administrator. */
    public boolean isOwner(TenantId tenant, ProjectId project) {
        Caller caller = caller();
        Membership membership = memberships.current().get(tenant);
        return isAdmin(caller) || (membership != null && !caller.isService() && membership.owns(caller, project));
    }

    /**
     * For owners of the project or its tenant, and administrators.
     *
     * @throws ProblemException {@code not_allowed} to who sees the project, {@code not_found} to all others and for a project that does not exist
     */
    public void requireOwner(TenantId tenant, ProjectId project) {
        requireSeesProject(tenant, project);
        if (!isOwner(tenant, project)) {
            throw notAllowed("Only owners of the project and administrators may do this.");
        }
    }

    /** @throws ProblemException {@code not_found} also for a project that does not exist or is gone */
    public void requireSeesProject(TenantId tenant, ProjectId project) {
        requirePerson();
        if (!exists(tenant, project) || !sees(tenant, project)) {
            throw notFound();
        }
    }

    /** Whether the caller may set limits, and decide who gets more. */
    public boolean setsLimits() {
        return isAdmin(caller());
    }

    /** Whether the caller may revoke keys of the project: its members, and administrators. */
    public boolean makesKeys(TenantId tenant, ProjectId project) {
        return isMember(caller(), tenant, project);
    }

    public boolean endsKeys(TenantId tenant, ProjectId project) {
        Caller caller = caller();
        return isAdmin(caller) || isMember(caller, tenant, project);
    }

    /** Whether the project is registered now. */
    public boolean exists(TenantId tenant, ProjectId project) {
        Membership membership = memberships.current().get(tenant);
        return membership != null && membership.projects().contains(project);
    }

    /**
     * Whether the project is registered now, wherever. One that has just moved may be known here in the one tenant and its key in the other; that key
     * goes on working, and its call is the tenant's of which it is known.
     */
    public boolean exists(ProjectId project) {
        return !projects.having(project).isEmpty();
    }

    /** The project's tenant, if {@code caller} is a member of the project: an organisation role alone calls nothing in a project's name. */
    public Optional<TenantId> membershipOf(Caller caller, ProjectId project) {
        return projects.having(project).stream()
                .map(Membership::tenant)
                .filter(tenant -> isMember(caller, tenant, project))
                .findFirst();
    }

    /** What of the tenant the caller sees. An organisation role sees all of what is registered. */
    public Reach reach(TenantId tenant) {
        Caller caller = caller();
        Membership membership = memberships.current().get(tenant);
        if (membership == null || caller.isService()) {
            return new Reach(false, Set.of());
        }
        return seesAllTenants(caller) ? Reach.WHOLE : membership.reach(caller);
    }

    /** Tenants that the caller owns as a whole. */
    public Set<TenantId> ownedTenants() {
        Caller caller = caller();
        return memberships.current().values().stream()
                .filter(membership -> membership.owns(caller))
                .map(Membership::tenant)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * For owners of the tenant, and organisation roles.
     *
     * @throws ProblemException {@code not_found}, or {@code not_allowed} to a member who owns nothing of it or one project alone
     */
    public void requireStatementReader(TenantId tenant) {
        requireSees(tenant);
        if (!seesAllTenants() && !ownedTenants().contains(tenant)) {
            throw notAllowed("Only owners of the tenant, finance, auditors and administrators may do this.");
        }
    }

    /**
     * For administrators and finance.
     *
     * @throws ProblemException {@code not_allowed}
     */
    public void requirePriceMaker() {
        requirePerson();
        if (!identity.isAdmin(caller()) && !identity.isFinance(caller())) {
            throw notAllowed("Only administrators and finance may do this.");
        }
    }

    /**
     * For auditors and administrators: the trail, and whether the books hold together.
     *
     * @throws ProblemException {@code not_allowed}
     */
    public void requireReviewer() {
        if (!readsTrail(caller())) {
            throw notAllowed("Only auditors and administrators may do this.");
        }
    }

    /** @throws ProblemException {@code not_allowed} for a person, and for a service without the scope */
    public void requireService(ServiceScope scope) {
        Caller caller = caller();
        if (!caller.isService() || !caller.hasScope(scope.scope())) {
            throw notAllowed("This is for a service with the scope " + scope.scope() + ".");
        }
    }

    /**
     * Which changes the caller may hear of, usable on another thread. It follows the memberships; the groups are those of the token.
     *
     * @throws ProblemException {@code not_allowed} for the token of a service
     */
    public Predicate<Change> sight() {
        requirePerson();
        Caller caller = caller();
        return change -> {
            if (change.kind().equals(TRAIL) || change.kind().equals(HEALTH)) {
                return readsTrail(caller);
            }
            if (change.kind().equals(PRICES)) {
                return true;
            }
            TenantId tenant = change.tenant();
            return tenant == null ? seesAllTenants(caller) : sees(caller, tenant, change.project());
        };
    }

    /** Called by whoever changed tenants, projects or members, after the commit: what follows on this replica must see it at once. */
    public void changed() {
        memberships.refreshAfterChange();
    }

    /** The one answer for what does not exist and for what is not the caller's to see. */
    public static ProblemException notFound() {
        return new ProblemException(Problem.NOT_FOUND, Problem.NOT_FOUND.sentence());
    }

    private static ProblemException notAllowed(String detail) {
        return new ProblemException(Problem.NOT_ALLOWED, detail);
    }

    private boolean isMember(Caller caller, TenantId tenant, ProjectId project) {
        Membership membership = memberships.current().get(tenant);
        return membership != null && !caller.isService() && membership.reaches(caller, project);
    }

    private boolean sees(Caller caller, TenantId tenant, @Nullable ProjectId project) {
        Membership membership = memberships.current().get(tenant);
        if (membership == null || caller.isService()) {
            return false;
        }
        return seesAllTenants(caller) || membership.reaches(caller, project);
    }

    private boolean seesAllTenants(Caller caller) {
        return !caller.isService() && (identity.isAdmin(caller) || identity.isAuditor(caller) || identity.isFinance(caller));
    }

    private boolean readsTrail(Caller caller) {
        return !caller.isService() && (identity.isAdmin(caller) || identity.isAuditor(caller));
    }

    private boolean isAdmin(Caller caller) {
        return !caller.isService() && identity.isAdmin(caller);
    }
}
