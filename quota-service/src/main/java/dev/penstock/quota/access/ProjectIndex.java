package dev.penstock.quota.access;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.copy.TableCopy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Memberships by project: asked for every call that a person makes, in an installation of hundreds of tenants. */
final class ProjectIndex {

    private final TableCopy<TenantId, Membership> copy;
    private volatile Index index = Index.of(Map.of());

    ProjectIndex(TableCopy<TenantId, Membership> copy) {
        this.copy = copy;
    }

    /**
     * Of the tenants that have the project: one or none, unless whoever registers them is mistaken.
     *
     * @throws dev.penstock.frame.problem.ProblemException when the copy of memberships is too old to be trusted
     */
    List<Membership> having(ProjectId project) {
        return index().byProject().getOrDefault(project, List.of());
    }

    /** The copy is replaced by another object only when something moved. */
    @SuppressWarnings("ReferenceEquality")
    private Index index() {
        Map<TenantId, Membership> memberships = copy.current();
        Index now = index;
        if (now.of() != memberships) {
            now = Index.of(memberships);
            index = now;
        }
        return now;
    }

    private record Index(Map<TenantId, Membership> of, Map<ProjectId, List<Membership>> byProject) {

        static Index of(Map<TenantId, Membership> memberships) {
            Map<ProjectId, List<Membership>> byProject = new HashMap<>();
            memberships.values().forEach(membership ->
                    membership.projects().forEach(project -> byProject.computeIfAbsent(project, id -> new ArrayList<>(1)).add(membership)));
            return new Index(memberships, byProject);
        }
    }
}
