package dev.penstock.quota.reservation;

import dev.penstock.frame.jobs.UuidOrder;
import dev.penstock.quota.calendar.Period;
import java.util.Comparator;
import java.util.UUID;

/**
 * What a reservation asks of one limit in one period.
 *
 * @param asked in the limit's own unit; positive
 */
record Claim(Rule rule, Period period, long asked) {

    /** The order in which rows are locked and written, the same for everybody, so that nobody waits in a circle. */
    static final Comparator<Claim> IN_ORDER = Comparator.<Claim, UUID>comparing(claim -> claim.rule().id().value(), UuidOrder.AS_DATABASE)
            .thenComparing(Claim::period);

    Claim {
        if (asked <= 0) {
            throw new IllegalArgumentException("a claim asks for something: " + asked);
        }
    }
}
