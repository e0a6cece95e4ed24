package dev.penstock.contract.platform;

import dev.penstock.contract.DelegationId;
import dev.penstock.contract.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who approves in the place of another.
 *
 * @param delegator subject of whose place it is
 * @param delegatorName as their sign-in said when they gave it
 * @param delegate subject of who may approve there
 * @param endedAt when it was ended early; null: it was not
 * @param endedBy by whom; null with {@code endedAt}
 * @param mayEnd whether the caller may end it now
 */
public record DelegationView(
        DelegationId id,
        TenantId tenant,
        String tenantName,
        String delegator,
        String delegatorName,
        String delegate,
        Instant from,
        Instant until,
        DelegationState state,
        Instant givenAt,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        boolean mayEnd) {}
