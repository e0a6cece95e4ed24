package dev.penstock.frame.jobs;

import java.util.Set;

/**
 * Said once by each application: the jobs it has, each of which must be configured, and the schema its change feed lives in.
 *
 * @param schema {@code platform} or {@code quota}
 */
public record JobsInUse(String schema, Set<Job> jobs) {

    public JobsInUse {
        if (!schema.matches("[a-z]+")) {
            throw new IllegalArgumentException("not a schema name: " + schema);
        }
        jobs = Set.copyOf(jobs);
    }
}
