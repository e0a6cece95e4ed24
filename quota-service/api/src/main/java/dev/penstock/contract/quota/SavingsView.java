package dev.penstock.contract.quota;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What steering saved, if what was asked for had used the same tokens. To the quarter of an hour.
 *
 * @param currency of all amounts, in 10⁻¹²
 */
public record SavingsView(Instant from, Instant to, String currency, List<Line> lines) {

    /**
     * Calls that asked the same, got the same, for the same reason, at the same prices.
     *
     * @param attempts that were booked
     * @param paid what they cost
     * @param instead what the same tokens cost as asked, by the same book of prices; null: that cannot be said, since what was asked has no price of its
     *     own, as an alias has not, or either is paid by its slice
     */
    public record Line(
            String asked, String model, String why, int priceVersion, long attempts, long input, long cacheRead, long cacheWrite, long output, BigInteger paid,
            @Nullable BigInteger instead) {}
}
