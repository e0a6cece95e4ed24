package dev.penstock.quota.allotment;

import java.math.BigInteger;

/**
 * How much is granted of what is left: {@code max(needed, min(wanted, left / (2 × replicas)))}. What lies idle halves with what is left, so that near
 * the end of a limit little has to be recalled. The statement that draws computes the same. Pure.
 */
final class Sizing {

    private Sizing() {}

    /**
     * @param left of the limit; less than what is needed grants nothing, and it is not for this to say
     * @param replicas that are there
     */
    static BigInteger granted(BigInteger needed, BigInteger wanted, BigInteger left, int replicas) {
        BigInteger part = left.max(BigInteger.ZERO).divide(BigInteger.valueOf(2L * Math.max(1, replicas)));
        return needed.max(wanted.min(part));
    }
}
