package dev.penstock.contract.quota;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Calls that asked the same, got the same, for the same reason, at the same prices.
 *
 * @param attempts that were booked
 * @param paid what they cost
 * @param instead what the same tokens cost as asked, by the same book of prices; null: that cannot be said, since what was asked has no price of its
 *     own, as an alias has not, or either is paid by its slice
 */
public record SavingsLine(
        String asked, String model, String why, int priceVersion, long attempts, long input, long cacheRead, long cacheWrite, long output,
        BigInteger paid, @Nullable BigInteger instead) {}
