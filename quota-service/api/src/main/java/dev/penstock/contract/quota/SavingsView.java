package dev.penstock.contract.quota;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * What steering saved, if what was asked for had used the same tokens. To the quarter of an hour.
 *
 * @param currency of all amounts, in 10⁻¹²
 */
public record SavingsView(Instant from, Instant to, String currency, List<SavingsLine> lines) {}
