package dev.penstock.quota.allotment;

import java.math.BigInteger;

/**
 * What was asked of one limit in a stretch of time: the present one or the one before, whichever was more. Demand that grows is seen at once and
 * demand that ends is forgotten after two stretches, without a fraction anywhere. Guarded by the monitor of its {@link Pots}.
 */
final class Demand {

    private final long stretch;
    private long begin;
    private long last;
    private BigInteger present = BigInteger.ZERO;
    private BigInteger before = BigInteger.ZERO;

    /** @param stretch in nanoseconds */
    Demand(long stretch, long now) {
        this.stretch = stretch;
        this.begin = now;
        this.last = now;
    }

    void asked(BigInteger amount, long now) {
        turn(now);
        present = present.add(amount);
        last = now;
    }

    BigInteger perStretch(long now) {
        turn(now);
        return present.max(before);
    }

    /** For how long nothing has been asked. */
    long rest(long now) {
        return now - last;
    }

    private void turn(long now) {
        long since = now - begin;
        if (since < stretch) {
            return;
        }
        before = since < 2 * stretch ? present : BigInteger.ZERO;
        present = BigInteger.ZERO;
        begin = now - since % stretch;
    }
}
