package dev.penstock.quota.journal;

import dev.penstock.contract.CallId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.UuidOrder;
import java.util.Comparator;
import java.util.UUID;

/**
 * One try of a call at one upstream.
 *
 * @param number from 0
 */
public record Attempt(TenantId tenant, CallId call, int number) implements Comparable<Attempt> {

    /** The order in which rows are locked and written. */
    private static final Comparator<Attempt> IN_ORDER = Comparator.<Attempt, UUID>comparing(attempt -> attempt.tenant().value(), UuidOrder.AS_DATABASE)
            .thenComparing(attempt -> attempt.call().value(), UuidOrder.AS_DATABASE)
            .thenComparingInt(Attempt::number);

    /** The most tries of one call that are ever made. */
    public static final int MOST = 100;

    public Attempt {
        if (number < 0 || number >= MOST) {
            throw new IllegalArgumentException("attempt " + number + " of a call");
        }
    }

    @Override
    public int compareTo(Attempt other) {
        return IN_ORDER.compare(this, other);
    }
}
