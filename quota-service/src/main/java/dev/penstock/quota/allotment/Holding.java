package dev.penstock.quota.allotment;

import java.math.BigInteger;

/**
 * An allotment's row, as its owner needs it. What was spent of it is between settlement and the database: whether an amount is under way, used
 * or settled, it is not free.
 *
 * @param drawn in all; only grows
 * @param returned in all; only grows
 * @param over whether the limit allows less than is settled and leased: what becomes free of it is returned and not taken again
 */
public record Holding(PotId pot, long allotment, BigInteger drawn, BigInteger returned, boolean over) {

    public Holding {
        if (returned.signum() < 0 || drawn.compareTo(returned) < 0) {
            throw new IllegalArgumentException("drawn " + drawn + ", returned " + returned);
        }
    }
}
