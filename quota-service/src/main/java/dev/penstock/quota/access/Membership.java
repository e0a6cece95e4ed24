package dev.penstock.quota.access;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.PrincipalKind;
import dev.penstock.frame.identity.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's members, as last read. Immutable. Which role a member has makes no difference here: all of them read and none of them
 * changes anything.
 *
 * @param version as in the table: it grows with every registration that changed something
 */
record Membership(TenantId tenant, long version, List<Member> members) {

    /** @param project null: the role holds in the whole tenant */
    record Member(PrincipalKind kind, String principal, @Nullable ProjectId project) {

        boolean names(Caller caller) {
            return switch (kind) {
                case GROUP -> caller.groups().contains(principal);
                case PERSON -> caller.subject().equals(principal);
            };
        }
    }

    Membership {
        members = List.copyOf(members);
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
}
