package dev.penstock.platform.delegation;

import dev.penstock.contract.DelegationId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.copy.Versioned;
import dev.penstock.frame.identity.Caller;
import java.time.Instant;

/**
 * Who is named by whom, as last read: what every call asks. What may be decided by it is asked of the table.
 *
 * @param groupsKnownUntil when the token ends that told the delegator's groups
 */
record Named(TenantId tenant, DelegationId id, String delegator, String delegate, Instant until, Instant groupsKnownUntil) implements Versioned {

    record Key(TenantId tenant, DelegationId id) {}

    /** Whether the caller's token tells something newer of the delegator. */
    boolean isOlderThan(Caller caller) {
        return delegator.equals(caller.subject()) && groupsKnownUntil.isBefore(caller.expires());
    }

    Key key() {
        return new Key(tenant, id);
    }

    /** Nothing else of it changes: one that was ended is not there any more. */
    @Override
    public long version() {
        return groupsKnownUntil.toEpochMilli();
    }
}
