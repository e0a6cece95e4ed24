package dev.penstock.quota.access;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.PrincipalKind;
import dev.penstock.contract.quota.TenantRole;
import dev.penstock.frame.copy.Versioned;
import dev.penstock.frame.identity.Caller;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's members and projects, as last read. Immutable.
 *
 * @param version as in the table: it grows with every registration that changed something
 * @param roles by who has them: a person's subject, or a group. Found at once, since every call of a person asks, and of hundreds of tenants
 * @param projects those that are registered now
 */
record Membership(TenantId tenant, long version, Map<String, List<Role>> roles, Set<ProjectId> projects) implements Versioned {

    /**
     * @param kind whose
     * @param project null: it holds in the whole tenant
     */
    record Role(PrincipalKind kind, TenantRole role, @Nullable ProjectId project) {

        boolean covers(ProjectId asked) {
            return project == null || project.equals(asked);
        }
    }

    Membership {
        roles = Map.copyOf(roles);
        projects = Set.copyOf(projects);
    }

    /** Whether the caller has any role in the tenant or in one of its projects. */
    boolean belongs(Caller caller) {
        return of(caller).findAny().isPresent();
    }

    /** Whether a role of the caller covers the project; without a project, whether they belong at all. */
    boolean reaches(Caller caller, @Nullable ProjectId project) {
        return of(caller).anyMatch(role -> project == null || role.covers(project));
    }

    /** Whether the caller owns the tenant as a whole. */
    boolean owns(Caller caller) {
        return of(caller).anyMatch(role -> role.role() == TenantRole.OWNER && role.project() == null);
    }

    /** Whether the caller owns the project, or the tenant as a whole. */
    boolean owns(Caller caller, ProjectId project) {
        return of(caller).anyMatch(role -> role.role() == TenantRole.OWNER && role.covers(project));
    }

    /** What of the tenant the caller's roles cover. */
    Reach reach(Caller caller) {
        Set<ProjectId> reached = new HashSet<>();
        for (Role role : of(caller).toList()) {
            if (role.project() == null) {
                return Reach.WHOLE;
            }
            reached.add(role.project());
        }
        return new Reach(false, reached);
    }

    private Stream<Role> of(Caller caller) {
        return Stream.concat(of(PrincipalKind.PERSON, caller.subject()), caller.groups().stream().flatMap(group -> of(PrincipalKind.GROUP, group)));
    }

    /** A group may be called as a person is. */
    private Stream<Role> of(PrincipalKind kind, String principal) {
        return roles.getOrDefault(principal, List.of()).stream().filter(role -> role.kind() == kind);
    }
}
