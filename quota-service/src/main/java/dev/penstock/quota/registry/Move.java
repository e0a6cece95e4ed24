package dev.penstock.quota.registry;

import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.MoveRegistration;
import dev.penstock.contract.quota.TenantRegistration;
import dev.penstock.frame.problem.ProblemException;

/** A move that holds together: from one tenant to another, which has the project when the first has it no more. */
record Move(ProjectId project, TenantId from, Registration left, TenantId to, Registration joined) {

    /** @throws ProblemException {@code invalid_input} */
    static Move of(MoveRegistration told) {
        require(!told.from().equals(told.to()), "to: a project moves to another tenant.");
        require(!lists(told.left(), told.project()), "left: still has the project.");
        require(lists(told.joined(), told.project()), "joined: does not have the project.");
        return new Move(told.project(), told.from(), Registration.of(told.left()), told.to(), Registration.of(told.joined()));
    }

    /** Of the project. */
    String name() {
        return joined.projects().stream().filter(each -> each.id().equals(project)).map(TenantRegistration.Project::name).findFirst().orElseThrow();
    }

    private static boolean lists(TenantRegistration tenant, ProjectId project) {
        return tenant.projects().stream().anyMatch(each -> each != null && project.equals(each.id()));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ProblemException(Problem.INVALID_INPUT, otherwise);
        }
    }
}
