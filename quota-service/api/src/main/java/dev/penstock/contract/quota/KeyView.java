package dev.penstock.contract.quota;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key without its secret.
 *
 * @param start how its newest secret that works begins, enough to recognise it, never enough to call with
 * @param models null: all that its project may call
 * @param operations words of what it may ask for; null: everything
 * @param networks whence it may be used; null: from everywhere
 * @param purpose in the maker's words
 * @param lastUsedAt with any of its secrets, to the minute
 * @param secrets those that work, the newest first: one, two while it is rotated, none when the key does not work or all of them ended
 * @param mayRotate whether the caller may replace its secret
 * @param mayChange whether the caller may revoke it and end a secret of it
 */
public record KeyView(
        KeyId id,
        TenantId tenant,
        String tenantName,
        ProjectId project,
        String projectName,
        String name,
        String start,
        State state,
        String createdBy,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable String revokedBy,
        @Nullable Instant lastUsedAt,
        @Nullable List<String> models,
        @Nullable List<String> operations,
        @Nullable List<String> networks,
        @Nullable String purpose,
        List<KeySecret> secrets,
        boolean mayRotate,
        boolean mayChange) {

    public enum State {
        ACTIVE,
        EXPIRED,
        REVOKED
    }
}
