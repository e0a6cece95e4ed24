package dev.penstock.platform.access;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.PrincipalKind;
import dev.penstock.contract.quota.TenantRole;
import dev.penstock.frame.copy.Versioned;
import dev.penstock.frame.identity.Caller;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One tenant with its projects and members, as last read. Immutable.
 *
 * @param version as in the table: it grows with every change of the tenant, its projects or members
 */
record Membership(TenantId tenant, String name, String timeZone, String currency, long version, Map<ProjectId, String> projects, List<Member> members)
        implements Versioned {

    /** @param project null: the role holds in the whole tenant */
    record Member(PrincipalKind kind, String principal, TenantRole role, @Nullable ProjectId project) {

        boolean names(Caller caller) {
            return switch (kind) {
                case GROUP -> caller.groups().contains(principal);
                case PERSON -> caller.subject().equals(principal);
            };
        }
    }

    Membership {
        projects = Map.copyOf(projects);
        members = List.copyOf(members);
    }

    /** Whether the caller has any role in the tenant or in one of its projects. */
    boolean belongs(Caller caller) {
        return members.stream().anyMatch(member -> member.names(caller));
    }

    /** Whether the caller is an owner of the tenant or of one of its projects. */
    boolean ownsAnything(Caller caller) {
        return members.stream().anyMatch(member -> member.role() == TenantRole.OWNER && member.names(caller));
    }

    /** The caller's role in the whole tenant; null: none. */
    @Nullable TenantRole roleInTenant(Caller caller) {
        return highest(caller, null);
    }

    /** The caller's role in a project, by the project or by the tenant; null: none. */
    @Nullable TenantRole roleIn(ProjectId project, Caller caller) {
        return projects.containsKey(project) ? highest(caller, project) : null;
    }

    private @Nullable TenantRole highest(Caller caller, @Nullable ProjectId project) {
        TenantRole highest = null;
        for (Member member : members) {
            boolean holdsHere = member.project() == null || member.project().equals(project);
            if (holdsHere && member.names(caller) && (highest == null || member.role().compareTo(highest) > 0)) {
                highest = member.role();
            }
        }
        return highest;
    }
}
