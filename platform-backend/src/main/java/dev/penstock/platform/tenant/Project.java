package dev.penstock.platform.tenant;

import dev.penstock.contract.platform.ProjectSpec;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A project of a tenant.
 *
 * @param uid made by us, so that what carries its name on a cluster can be told from what is ours; it goes with the project to another tenant
 * @param movedAt when it left for another tenant; null: it is here
 */
@Embeddable
record Project(String name, UUID uid, Instant createdAt, @Nullable Instant movedAt) {

    static Project fresh(String name, UUID uid, Instant now) {
        return new Project(name, uid, now, null);
    }

    ProjectSpec spec() {
        return new ProjectSpec(name);
    }

    Project renamed(String newName) {
        return new Project(newName, uid, createdAt, movedAt);
    }

    Project gone(Instant at) {
        return new Project(name, uid, createdAt, at);
    }

    boolean isHere() {
        return movedAt == null;
    }
}
