package dev.penstock.quota.gateway.balance;

import java.util.OptionalLong;

/**
 * How a target stands among others.
 *
 * @param usual nanoseconds until it is heard; empty: not known
 * @param share of such calls that would go to it first, 0 to 1; over all targets 1
 */
public record Chance<T>(Candidate<T> candidate, State state, int underWay, OptionalLong usual, double share) {

    /** Whether it takes calls, none for a while, or one at a time to find out. */
    public enum State { IN, OUT, TRIED }
}
