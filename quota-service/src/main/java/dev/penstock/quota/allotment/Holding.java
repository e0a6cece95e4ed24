package dev.penstock.quota.allotment;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * An allotment's row, as its owner needs it. What was spent of it is between settlement and the database: whether an amount is under way, used
 * or settled, it is not free.
 *
 * @param drawn in all; only grows
 * @param returned in all; only grows
 * @param beyond what the limit has left besides what replicas hold, this one included; negative where it allows less than is settled and leased;
 *     null: it refuses nothing
 */
public record Holding(PotId pot, long allotment, BigInteger drawn, BigInteger returned, @Nullable BigInteger beyond) {

    public Holding {
        if (returned.signum() < 0 || drawn.compareTo(returned) < 0) {
            throw new IllegalArgumentException("drawn " + drawn + ", returned " + returned);
        }
    }

    /** Whether what becomes free of it is returned and not taken again. */
    public boolean over() {
        return beyond != null && beyond.signum() < 0;
    }
}
