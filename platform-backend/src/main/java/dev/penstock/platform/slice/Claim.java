package dev.penstock.platform.slice;

import java.time.Instant;

/**
 * The right to work on one slice for a time. Whoever claims it later gets a higher fence, and every statement of an older holder then
 * changes nothing.
 *
 * @param fence carried by objects on the cluster
 * @param until after this nothing more is begun; by this program's clock, and no later than the claim ends in the database
 * @param slice as last read or written under this claim
 * @param attempts failures in a row so far
 */
public record Claim(long fence, Instant until, Slice slice, int attempts) {

    public SliceKey key() {
        return slice.key();
    }

    Claim with(Slice later) {
        return new Claim(fence, until, later, attempts);
    }

    /**
     * Asked before each thing that reaches beyond the database, where the fence cannot stop it.
     *
     * @throws ClaimLost if the claim might end while it is under way
     */
    public void mustHold(Instant now) {
        if (!now.isBefore(until)) {
            throw new ClaimLost("the claim of " + key() + " with fence " + fence + " is over");
        }
    }
}
