package dev.penstock.platform.access;

import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.OrganisationRole;
import dev.penstock.contract.quota.TenantRole;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.identity.Caller;
import dev.penstock.frame.identity.CurrentCaller;
import dev.penstock.frame.identity.IdentitySettings;
import dev.penstock.frame.problem.ProblemException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who may do what. What somebody may not even see is {@code not_found}, exactly as if it did not exist; what they see and may not do is
 * {@code not_allowed}.
 *
 * <p>A role in a tenant holds in all its projects. An organisation role reads every tenant; only {@link OrganisationRole#ADMIN} changes
 * anything, and being an administrator makes nobody a member.
 */
@Component
public class Access {

    private final CurrentCaller callers;
    private final IdentitySettings identity;
    private final TableCopy<TenantId, Membership> memberships;

    Access(CurrentCaller callers, IdentitySettings identity, TableCopy<TenantId, Membership> memberships) {
        this.callers = callers;
        this.identity = identity;
        this.memberships = memberships;
    }

    /** The person who asks. */
    public Caller caller() {
        return callers.get();
    }

    /** The same, as the audit trail names them. */
    public Actor actor() {
        return caller().actor();
    }

    public Set<OrganisationRole> organisationRoles() {
        Caller caller = caller();
        EnumSet<OrganisationRole> roles = EnumSet.noneOf(OrganisationRole.class);
        for (OrganisationRole role : OrganisationRole.values()) {
            boolean holds = switch (role) {
                case ADMIN -> identity.isAdmin(caller);
                case AUDITOR -> identity.isAuditor(caller);
                case FINANCE -> identity.isFinance(caller);
            };
            if (holds) {
                roles.add(role);
            }
        }
        return roles;
    }

    public boolean isAdmin() {
        return organisationRoles().contains(OrganisationRole.ADMIN);
    }

    /** By an organisation role. */
    public boolean seesAllTenants() {
        return !organisationRoles().isEmpty();
    }

    /** Tenants in which the caller has a role, in the tenant or in one of its projects. */
    public Set<TenantId> ownTenants() {
        Caller caller = caller();
        return memberships.current().values().stream()
                .filter(membership -> membership.belongs(caller))
                .map(Membership::tenant)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The caller's role in the whole tenant; null: none there. */
    public @Nullable TenantRole roleInTenant(TenantId tenant) {
        Membership membership = memberships.current().get(tenant);
        return membership == null ? null : membership.roleInTenant(caller());
    }

    /** The caller's role in the project, by the project or by the tenant; null: none there. */
    public @Nullable TenantRole roleIn(TenantId tenant, ProjectId project) {
        Membership membership = memberships.current().get(tenant);
        return membership == null ? null : membership.roleIn(project, caller());
    }

    /** @param project null: the tenant itself, which everybody with a role anywhere in it sees */
    public boolean sees(TenantId tenant, @Nullable ProjectId project) {
        Membership membership = memberships.current().get(tenant);
        if (membership == null || (project != null && !membership.projects().containsKey(project))) {
            return false;
        }
        return seesAllTenants() || (project == null ? membership.belongs(caller()) : membership.roleIn(project, caller()) != null);
    }

    /** @throws ProblemException {@code not_found} */
    public void requireSees(TenantId tenant, @Nullable ProjectId project) {
        if (!sees(tenant, project)) {
            throw notFound();
        }
    }

    /** Whether the caller works in the project: has a role of a member or owner there. */
    public boolean isMember(TenantId tenant, ProjectId project) {
        return roleIn(tenant, project) != null;
    }

    /** The same of somebody who does not ask just now, for example because they once did and hold on to what they were given. */
    public boolean isMember(TenantId tenant, ProjectId project, Caller person) {
        Membership membership = memberships.current().get(tenant);
        return membership != null && membership.roleIn(project, person) != null;
    }

    /** @throws ProblemException {@code not_found}, or {@code not_allowed} for who sees the project and has no role in it */
    public void requireMember(TenantId tenant, ProjectId project) {
        requireSees(tenant, project);
        if (!isMember(tenant, project)) {
            throw new ProblemException(Problem.NOT_ALLOWED, "Only members of the project may do this.");
        }
    }

    /** For an owner of the whole tenant, or an administrator. */
    public void requireOwner(TenantId tenant) {
        requireSees(tenant, null);
        if (!isAdmin() && roleInTenant(tenant) != TenantRole.OWNER) {
            throw new ProblemException(Problem.NOT_ALLOWED, "Only owners of the tenant and administrators may do this.");
        }
    }

    /** @throws ProblemException {@code not_allowed} */
    public void requireAdmin() {
        if (!isAdmin()) {
            throw new ProblemException(Problem.NOT_ALLOWED, "Only administrators may do this.");
        }
    }

    /** For an organisation role of any kind. */
    public void requireOrganisationRole() {
        if (!seesAllTenants()) {
            throw new ProblemException(Problem.NOT_ALLOWED, "Only administrators, auditors and finance may do this.");
        }
    }

    /** Whether the caller may decide it on a right of their own. Nobody decides what they asked for themselves. */
    public boolean mayDecide(Matter matter) {
        return mayDecide(caller(), matter);
    }

    /** @throws ProblemException {@code not_found}, {@code own_request} or {@code not_allowed} */
    public void requireMayDecide(Matter matter) {
        requireSees(matter.tenant(), matter.project());
        if (caller().subject().equals(matter.requestedBy())) {
            throw new ProblemException(Problem.OWN_REQUEST, "You asked for this yourself; an administrator or another owner of the tenant decides.");
        }
        if (!decides(caller(), matter.tenant(), matter.project())) {
            throw new ProblemException(Problem.NOT_ALLOWED, "An administrator or an owner of the tenant decides.");
        }
        if (matter.forAdministrators()) {
            requireAdmin();
        }
    }

    /**
     * Whether the caller may decide it in somebody's place: what that person may decide at this moment, and nothing that either of the two asked for. Only
     * who belongs to the tenant stands in there for anybody, so that no tenant's requests are shown outside of it.
     */
    public boolean mayDecideFor(Caller delegator, Matter matter) {
        return belongs(matter.tenant()) && !caller().subject().equals(matter.requestedBy()) && mayDecide(delegator, matter);
    }

    /** Whether the caller sees what is asked for in the project because somebody whose place they are in decides there. */
    public boolean seesFor(Caller delegator, TenantId tenant, ProjectId project) {
        return belongs(tenant) && decides(delegator, tenant, project);
    }

    /** Whether somebody decides anything in the tenant on a right of their own: there they can name who does it in their place. */
    public boolean decidesIn(TenantId tenant, Caller person) {
        Membership membership = memberships.current().get(tenant);
        return membership != null && (identity.isAdmin(person) || membership.ownsAnything(person));
    }

    /** @throws ProblemException {@code not_found}, or {@code not_allowed} for who decides nothing there on a right of their own */
    public void requireDecidesIn(TenantId tenant) {
        requireSees(tenant, null);
        if (!decidesIn(tenant, caller())) {
            throw new ProblemException(Problem.NOT_ALLOWED, "Only who may approve here can name somebody to do it in their place.");
        }
    }

    private boolean mayDecide(Caller person, Matter matter) {
        return decides(person, matter.tenant(), matter.project())
                && (!matter.forAdministrators() || identity.isAdmin(person))
                && !person.subject().equals(matter.requestedBy());
    }

    private boolean decides(Caller person, TenantId tenant, ProjectId project) {
        Membership membership = memberships.current().get(tenant);
        return membership != null
                && membership.projects().containsKey(project)
                && (identity.isAdmin(person) || membership.roleIn(project, person) == TenantRole.OWNER);
    }

    /** Works in the tenant or administers it: auditors and finance only read. */
    private boolean belongs(TenantId tenant) {
        Membership membership = memberships.current().get(tenant);
        return membership != null && (isAdmin() || membership.belongs(caller()));
    }

    /** Whether the caller may extend or release what the project holds: its members, and administrators. */
    public boolean mayOperate(TenantId tenant, ProjectId project) {
        return isMember(tenant, project) || (isAdmin() && sees(tenant, project));
    }

    /** @throws ProblemException {@code not_found}, or {@code not_allowed} for who only reads */
    public void requireMayOperate(TenantId tenant, ProjectId project) {
        requireSees(tenant, project);
        if (!mayOperate(tenant, project)) {
            throw new ProblemException(Problem.NOT_ALLOWED, "Only members of the project and administrators may do this.");
        }
    }

    /**
     * What the caller may see, fixed at this moment for one thread and usable on another: for streams, which ask it for every change.
     * It follows the memberships; the groups are those of the token.
     */
    public BiPredicate<@Nullable TenantId, @Nullable ProjectId> sight() {
        Caller caller = caller();
        boolean all = seesAllTenants();
        return (tenant, project) -> {
            if (tenant == null) {
                return true;
            }
            Membership membership = memberships.current().get(tenant);
            if (membership == null) {
                return all;
            }
            return all || (project == null ? membership.belongs(caller) : membership.roleIn(project, caller) != null);
        };
    }

    /** Name of a tenant, for showing beside its id; empty while it is unknown here. */
    public String tenantName(TenantId tenant) {
        Membership membership = memberships.current().get(tenant);
        return membership == null ? "" : membership.name();
    }

    /** Name of a project, for showing beside its id; empty while it is unknown here. */
    public String projectName(TenantId tenant, ProjectId project) {
        Membership membership = memberships.current().get(tenant);
        return membership == null ? "" : membership.projects().getOrDefault(project, "");
    }

    /** Every known tenant with time zone, currency and projects; says nothing about who may see it. */
    public Map<TenantId, KnownTenant> knownTenants() {
        return memberships.current().values().stream().collect(Collectors.toUnmodifiableMap(
                Membership::tenant,
                known -> new KnownTenant(known.tenant(), known.name(), known.timeZone(), known.currency(), known.projects())));
    }

    /** Called by whoever changed tenants, projects or members, after the commit: who made the change must see it at once. */
    public void changed() {
        memberships.refreshAfterChange();
    }

    /** The one answer for what does not exist and for what is not the caller's to see. */
    public static ProblemException notFound() {
        return new ProblemException(Problem.NOT_FOUND, Problem.NOT_FOUND.sentence());
    }
}
