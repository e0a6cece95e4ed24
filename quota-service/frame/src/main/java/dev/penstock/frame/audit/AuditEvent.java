package dev.penstock.frame.audit;

import dev.penstock.contract.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * What happened to what. Who, for which tenant and under which reference comes from the transaction.
 *
 * @param action a noun and a verb, for example {@code slice-request.approve}
 * @param subjectKind what kind of thing, for example {@code slice-request}
 * @param before the thing before, as a record or map that becomes JSON; null where it did not exist
 * @param after the thing after; null where it no longer exists
 */
public record AuditEvent(
        String action,
        String subjectKind,
        String subjectId,
        @Nullable String subjectName,
        @Nullable ProjectId project,
        @Nullable String reason,
        @Nullable Object before,
        @Nullable Object after) {}
