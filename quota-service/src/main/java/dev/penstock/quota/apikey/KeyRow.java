package dev.penstock.quota.apikey;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.copy.Versioned;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A key in the copy. Immutable. */
record KeyRow(
        KeyId id, TenantId tenant, ProjectId project, String publicId, Pepper.Proof proof, @Nullable Set<String> models, KeyScope scope, @Nullable Instant expiresAt,
        boolean revoked, long version)
        implements Versioned {

    KeyRow {
        models = models == null ? null : Set.copyOf(models);
    }

    boolean worksAt(Instant now) {
        return !revoked && (expiresAt == null || now.isBefore(expiresAt));
    }
}
