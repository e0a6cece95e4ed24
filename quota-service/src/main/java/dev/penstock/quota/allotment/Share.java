package dev.penstock.quota.allotment;

import java.math.BigInteger;

/**
 * What an attempt took, and of which allotment: that is what its intent says, and what its settlement moves. A limit that was removed and set
 * again, or a period that was counted anew, has another allotment, and nothing is moved there.
 *
 * @param allotment number of its row, never given to another
 */
public record Share(PotId pot, long allotment, BigInteger taken) {

    public Share {
        if (taken.signum() <= 0) {
            throw new IllegalArgumentException("a share of " + taken);
        }
    }
}
