package dev.penstock.platform.endpoint;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.platform.EndpointSpec;
import dev.penstock.contract.platform.SliceRequestSpec;
import java.time.Duration;
import java.time.Instant;

/** What was asked for when it was made: it never changes. */
record Terms(ProjectId project, EndpointSpec spec, String createdBy, Instant createdAt) {

    /** What is asked for at each start. */
    SliceRequestSpec slice() {
        return new SliceRequestSpec(spec.name(), spec.profile(), spec.leaseSeconds(), spec.purpose());
    }

    Duration lease() {
        return Duration.ofSeconds(spec.leaseSeconds());
    }

    boolean sameAs(ProjectId otherProject, EndpointSpec other, String by) {
        return project.equals(otherProject) && spec.equals(other) && createdBy.equals(by);
    }
}
