package dev.penstock.contract;

import java.math.BigInteger;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An exact amount of one currency in units of 10⁻¹² (a <em>pico-unit</em>), so that a price in micro-units for a million tokens times a
 * count of tokens is a whole number. Nothing is converted: adding two currencies is an error.
 *
 * @param picoUnits the amount; at most 38 decimal digits, the width of the ledger's columns
 * @param currency ISO 4217 code
 */
public record Money(BigInteger picoUnits, String currency) {

    /** Decimal places of an amount in the currency's own unit. */
    public static final int PICO_DIGITS = 12;

    private static final BigInteger LIMIT = BigInteger.TEN.pow(38);
    private static final Pattern CODE = Pattern.compile("[A-Z]{3}");

    public Money {
        Objects.requireNonNull(picoUnits, "picoUnits");
        if (picoUnits.abs().compareTo(LIMIT) >= 0) {
            throw new ArithmeticException("amount exceeds 38 digits: " + picoUnits);
        }
        if (!CODE.matcher(currency).matches()) {
            throw new IllegalArgumentException("not an ISO 4217 currency code: " + currency);
        }
    }

    public static Money zero(String currency) {
        return new Money(BigInteger.ZERO, currency);
    }

    /** @throws IllegalArgumentException if the currencies differ */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        }
        return new Money(picoUnits.add(other.picoUnits), currency);
    }
}
