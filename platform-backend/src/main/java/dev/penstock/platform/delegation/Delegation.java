package dev.penstock.platform.delegation;

import dev.penstock.contract.DelegationId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.DelegationSpec;
import dev.penstock.frame.identity.Caller;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who approves in the place of another.
 *
 * @param delegator as their latest token says
 * @param delegate subject of who stands in
 * @param endedAt when it was ended early; null: it was not
 */
public record Delegation(
        TenantId tenant,
        DelegationId id,
        Caller delegator,
        String delegate,
        Instant from,
        Instant until,
        Instant givenAt,
        @Nullable Instant endedAt,
        @Nullable String endedBy) {

    static Delegation given(TenantId tenant, DelegationId id, Caller by, DelegationSpec spec, Instant now) {
        Instant given = now.truncatedTo(ChronoUnit.SECONDS);
        Instant from = spec.from();
        return new Delegation(
                tenant, id, by, spec.delegate(), from == null ? given : from.truncatedTo(ChronoUnit.SECONDS), spec.until().truncatedTo(ChronoUnit.SECONDS),
                given, null, null);
    }

    boolean begunAt(Instant now) {
        return !now.isBefore(from);
    }

    boolean overAt(Instant now) {
        return endedAt != null || !now.isBefore(until);
    }

    /** Whether it is the same that was asked for before: one that began at once began when it was given. */
    boolean says(Caller by, DelegationSpec spec) {
        return delegator.subject().equals(by.subject()) && given(tenant, id, by, spec, givenAt).isFor(delegate, from, until);
    }

    private boolean isFor(String whom, Instant begins, Instant ends) {
        return delegate.equals(whom) && from.equals(begins) && until.equals(ends);
    }
}
