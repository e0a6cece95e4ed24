package dev.penstock.quota.billing;

import java.math.BigInteger;

/**
 * The rows of a line added up.
 *
 * @param quantity tokens, or seconds
 * @param unitPrice in 10⁻¹² of the currency
 * @param rows how many
 */
record LineSum(LineKey key, BigInteger quantity, BigInteger unitPrice, long rows) {

    LineSum {
        if (quantity.signum() < 0 || unitPrice.signum() < 0 || rows < 1) {
            throw new IllegalArgumentException("line of " + rows + " rows, " + quantity + " at " + unitPrice);
        }
    }

    /** Equal to the sum of what each row costs, since all have the same price: nothing is rounded before. */
    BigInteger exact() {
        return quantity.multiply(unitPrice);
    }
}
