package dev.penstock.quota.reservation;

/**
 * A claim against the use of its limit at this moment.
 *
 * @param settled what is final
 * @param leased what is set aside
 */
record Standing(Claim claim, long settled, long leased) {

    /** Whether the limit still holds afterwards. Where it does not hold even now, nothing more fits. */
    boolean fits() {
        Long cap = claim.rule().cap();
        return cap == null || Math.addExact(Math.addExact(settled, leased), claim.asked()) <= cap;
    }
}
