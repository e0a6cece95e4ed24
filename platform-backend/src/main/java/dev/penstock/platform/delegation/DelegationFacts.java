package dev.penstock.platform.delegation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A delegation as the trail keeps it before and after a change. */
record DelegationFacts(String delegator, String delegate, Instant from, Instant until, @Nullable Instant endedAt, @Nullable String endedBy) {

    static DelegationFacts of(Delegation delegation) {
        return new DelegationFacts(
                delegation.delegator().subject(), delegation.delegate(), delegation.from(), delegation.until(), delegation.endedAt(), delegation.endedBy());
    }
}
