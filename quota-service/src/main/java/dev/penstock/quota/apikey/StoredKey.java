package dev.penstock.quota.apikey;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.KeySpec;
import dev.penstock.contract.quota.KeyView;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is kept, without what proves it.
 *
 * @param publicId of its newest secret, also if that was ended
 * @param secrets those that are not over, the newest first
 * @param lastUsedAt with any of its secrets
 */
record StoredKey(
        KeyId id, TenantId tenant, String tenantName, ProjectId project, String projectName, String name, String publicId, String createdBy,
        Instant createdAt, @Nullable Instant expiresAt, @Nullable Instant revokedAt, @Nullable String revokedBy, @Nullable Instant lastUsedAt,
        @Nullable List<String> models, @Nullable List<String> operations, @Nullable List<String> networks, @Nullable String purpose,
        List<StoredSecret> secrets) {

    StoredKey {
        secrets = List.copyOf(secrets);
    }

    /** Whether making it as {@code spec} says would have made this one. */
    boolean is(ProjectId inProject, KeySpec spec) {
        return project.equals(inProject) && name.equals(spec.name()) && Objects.equals(expiresAt, spec.expiresAt())
                && Objects.equals(set(models), set(spec.models()))
                && scope().equals(KeyScope.of(spec));
    }

    private KeyScope scope() {
        return KeyScope.of(set(operations), set(networks), purpose);
    }

    boolean worksAt(Instant now) {
        return state(now) == KeyView.State.ACTIVE;
    }

    /** Whether it is this key's, and not over. */
    boolean hasSecret(String secret) {
        return secrets.stream().anyMatch(each -> each.publicId().equals(secret));
    }

    KeyView view(Instant now, boolean mayRotate, boolean mayChange) {
        List<StoredSecret> working = worksAt(now) ? secrets : List.of();
        return new KeyView(
                id, tenant, tenantName, project, projectName, name, KeyText.start(working.isEmpty() ? publicId : working.getFirst().publicId()), state(now), createdBy, createdAt, expiresAt, revokedAt,
                revokedBy, lastUsedAt, models, operations, networks, purpose, working.stream().map(StoredSecret::view).toList(), mayRotate, mayChange);
    }

    private KeyView.State state(Instant now) {
        if (revokedAt != null) {
            return KeyView.State.REVOKED;
        }
        return expiresAt != null && !now.isBefore(expiresAt) ? KeyView.State.EXPIRED : KeyView.State.ACTIVE;
    }

    private static @Nullable Set<String> set(@Nullable List<String> models) {
        return models == null ? null : Set.copyOf(models);
    }
}
