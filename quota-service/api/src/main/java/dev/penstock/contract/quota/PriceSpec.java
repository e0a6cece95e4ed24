package dev.penstock.contract.quota;

import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigInteger;

/**
 * The price of one thing.
 *
 * @param sku a model's (see {@link RouteRegistration#sku}) or a slice profile's id
 * @param price in 10⁻¹² of the currency for one token, or for one second of a slice. What people quote per 1,000,000 tokens is, in
 *     millionths, this same number.
 */
public record PriceSpec(
        @NotNull @Size(min = 1, max = 200) String sku, @NotNull BilledMeter meter, @NotNull @PositiveOrZero @Digits(integer = 30, fraction = 0) BigInteger price) {}
