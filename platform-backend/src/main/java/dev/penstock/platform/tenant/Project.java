package dev.penstock.platform.tenant;

import dev.penstock.contract.platform.ProjectSpec;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.UUID;

/**
 * A project of a tenant.
 *
 * @param uid made by us, so that what carries its name on a cluster can be told from what is ours
 */
@Embeddable
record Project(String name, UUID uid, Instant createdAt) {

    ProjectSpec spec() {
        return new ProjectSpec(name);
    }

    Project renamed(String newName) {
        return new Project(newName, uid, createdAt);
    }
}
