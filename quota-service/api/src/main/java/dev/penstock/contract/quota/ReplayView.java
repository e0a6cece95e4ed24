package dev.penstock.contract.quota;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * What rules would have made of calls that were made. The books know a call's length, its key's purpose and what it was answered by; not what it said.
 *
 * @param from calls before are archived, or not asked for
 * @param calls that were looked at: those that were answered, and produced something
 * @param unknown those of which a rule wants the complexity and nobody noted it: they are counted as if that rule did not hold
 * @param paid what all of them cost, in 10⁻¹² of the currency
 */
public record ReplayView(Instant from, Instant to, String currency, long calls, long unknown, BigInteger paid, List<ReplayLine> lines) {}
