package dev.penstock.quota.access;

import dev.penstock.contract.ProjectId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a tenant somebody sees.
 *
 * @param whole all of it, projects to come included; {@code projects} is empty then
 */
public record Reach(boolean whole, Set<ProjectId> projects) {

    public static final Reach WHOLE = new Reach(true, Set.of());

    public Reach {
        projects = Set.copyOf(projects);
    }

    /** Whether the project is seen; without one, whether the tenant is seen as a whole. */
    public boolean covers(@Nullable ProjectId project) {
        return whole || (project != null && projects.contains(project));
    }
}
