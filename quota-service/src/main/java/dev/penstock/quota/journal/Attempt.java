package dev.penstock.quota.journal;

import dev.penstock.contract.CallId;
import dev.penstock.contract.TenantId;
import java.util.Comparator;

/**
 * One try of a call at one upstream.
 *
 * @param number from 0
 */
public record Attempt(TenantId tenant, CallId call, int number) implements Comparable<Attempt> {

    /** The order in which rows are locked and written, the same as PostgreSQL's for {@code uuid}. */
    private static final Comparator<Attempt> IN_ORDER = Comparator.<Attempt, String>comparing(attempt -> attempt.tenant().toString())
            .thenComparing(attempt -> attempt.call().toString())
            .thenComparing(Attempt::number);

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
