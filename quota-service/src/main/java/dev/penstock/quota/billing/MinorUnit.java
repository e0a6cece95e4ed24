package dev.penstock.quota.billing;

import dev.penstock.contract.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * The smallest amount of a currency that is ever paid: a cent of EUR, a yen of JPY, a fils of KWD. Pure.
 *
 * @param picoUnits the amount in 10⁻¹² of the currency
 */
record MinorUnit(String currency, BigInteger picoUnits) {

    /** By ISO 4217. What has no smallest unit there, such as gold, is paid in whole ones. */
    static MinorUnit of(String currency) {
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return new MinorUnit(currency, BigInteger.TEN.pow(Money.PICO_DIGITS - digits));
    }

    /**
     * The nearest multiple; of two that are equally near the even one, so that many roundings do not lean to one side.
     *
     * @throws IllegalArgumentException for another currency
     */
    Money round(Money exact) {
        if (!exact.currency().equals(currency)) {
            throw new IllegalArgumentException("cannot round " + exact.currency() + " to " + currency);
        }
        BigInteger units = new BigDecimal(exact.picoUnits()).divide(new BigDecimal(picoUnits), 0, RoundingMode.HALF_EVEN).toBigIntegerExact();
        return new Money(units.multiply(picoUnits), currency);
    }
}
