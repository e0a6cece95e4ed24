package dev.penstock.quota.apikey;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.copy.Versioned;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One secret of a key in the copy. Immutable.
 *
 * @param secretEndsAt null: when the key does
 * @param version the key's
 */
record KeyRow(
        KeyId id, TenantId tenant, ProjectId project, String publicId, Pepper.Proof proof, @Nullable Set<String> models, KeyScope scope, @Nullable Instant expiresAt,
        @Nullable Instant secretEndsAt, boolean revoked, long version)
        implements Versioned {

    KeyRow {
        models = models == null ? null : Set.copyOf(models);
    }

    boolean worksAt(Instant now) {
        return !revoked && isBefore(now, expiresAt) && isBefore(now, secretEndsAt);
    }

    private static boolean isBefore(Instant now, @Nullable Instant end) {
        return end == null || now.isBefore(end);
    }
}
