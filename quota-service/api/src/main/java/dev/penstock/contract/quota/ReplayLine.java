package dev.penstock.contract.quota;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Calls that one rule would have had answered by one model.
 *
 * @param rule its number, from 1
 * @param paid what they cost
 * @param instead what the same tokens cost by that model; null: it has no price of its own
 */
public record ReplayLine(
        int rule, String asked, String use, long calls, BigInteger paid, @Nullable BigInteger instead) {}
