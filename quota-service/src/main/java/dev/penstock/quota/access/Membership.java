package dev.penstock.quota.access;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.PrincipalKind;
import dev.penstock.contract.quota.TenantRole;
import dev.penstock.frame.copy.Versioned;
import dev.penstock.frame.identity.Caller;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's members and projects, as last read. Immutable.
 *
 * @param version as in the table: it grows with every registration that changed something
 * @param projects those that are registered now
 */
record Membership(TenantId tenant, long version, List<Member> members, Set<ProjectId> projects) implements Versioned {

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
        members = List.copyOf(members);
        projects = Set.copyOf(projects);
    }

    /** Whether the caller has any role in the tenant or in one of its projects. */
    boolean belongs(Caller caller) {
        return members.stream().anyMatch(member -> member.names(caller));
    }

    /** Whether a role of the caller covers the project; without a project, whether they belong at all. */
    boolean reaches(Caller caller, @Nullable ProjectId project) {
        return members.stream()
                .filter(member -> project == null || member.project() == null || member.project().equals(project))
                .anyMatch(member -> member.names(caller));
    }

    /** Whether the caller owns the tenant as a whole. */
    boolean owns(Caller caller) {
        return members.stream().anyMatch(member -> member.role() == TenantRole.OWNER && member.project() == null && member.names(caller));
    }

    /** What of the tenant the caller's roles cover. */
    Reach reach(Caller caller) {
        if (members.stream().anyMatch(member -> member.project() == null && member.names(caller))) {
            return Reach.WHOLE;
        }
        Set<ProjectId> projects = new HashSet<>();
        for (Member member : members) {
            if (member.project() != null && member.names(caller)) {
                projects.add(member.project());
            }
        }
        return new Reach(false, projects);
    }
}
