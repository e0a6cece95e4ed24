package dev.penstock.contract.quota;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who did what to what, as sealed.
 *
 * @param actorKind {@code person}, {@code service} or {@code system}
 * @param action a noun and a verb, for example {@code slice-request.approve}
 * @param outcome {@code done} or {@code refused}
 * @param reference finds the log lines of the same request
 * @param before the changed thing before, as JSON text; null where it did not exist
 * @param after the changed thing after, as JSON text; null where it no longer exists
 * @param leaf SHA-256 leaf hash, in hex
 */
public record AuditEntry(
        long index,
        UUID id,
        Instant at,
        String actor,
        String actorKind,
        @Nullable TenantId tenant,
        @Nullable String tenantName,
        @Nullable ProjectId project,
        String action,
        String subjectKind,
        String subjectId,
        @Nullable String subjectName,
        String outcome,
        @Nullable String reason,
        @Nullable String reference,
        @Nullable String before,
        @Nullable String after,
        String leaf) {}
