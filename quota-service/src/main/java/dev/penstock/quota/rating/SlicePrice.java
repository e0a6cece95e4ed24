package dev.penstock.quota.rating;

import java.math.BigInteger;

/**
 * What a slice of one profile costs.
 *
 * @param version of the price book; 0: none was in effect
 * @param perSecond in 10⁻¹² of the currency; 0 where the book has no price for the profile
 */
public record SlicePrice(int version, String currency, BigInteger perSecond) {

    /** No book was in effect. */
    static final SlicePrice FREE = new SlicePrice(0, TokenPrices.NO_CURRENCY, BigInteger.ZERO);

    public BigInteger cost(long seconds) {
        return BigInteger.valueOf(seconds).multiply(perSecond);
    }
}
