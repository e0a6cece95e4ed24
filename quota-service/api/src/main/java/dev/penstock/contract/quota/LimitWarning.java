package dev.penstock.contract.quota;

import java.math.BigInteger;
import java.time.Instant;

/**
 * That the use of a limit passed a threshold.
 *
 * @param percent of the amount; 100: all of it
 * @param used what was used when it was seen, in the meter's unit
 */
public record LimitWarning(int percent, BigInteger used, Instant at) {}
