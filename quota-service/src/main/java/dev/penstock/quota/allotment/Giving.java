package dev.penstock.quota.allotment;

import java.math.BigInteger;

/**
 * Returns the idle part of an allotment by naming the new total: applied twice, or after a later one, it changes nothing.
 *
 * @param returned in all, this time included
 * @param answers the number of the recall that is answered by it; 0: of none
 */
public record Giving(PotId pot, long allotment, BigInteger returned, long answers) {}
