package dev.penstock.quota.gateway.balance;

import dev.penstock.contract.EndpointId;

/**
 * One that could answer.
 *
 * @param tier asked only when none of a lower tier can be
 * @param weight share among its tier, 1 or more
 */
public record Candidate<T>(T what, EndpointId endpoint, int tier, int weight) {

    public Candidate {
        if (tier < 0 || weight < 1) {
            throw new IllegalArgumentException("tier " + tier + ", weight " + weight + " of " + endpoint);
        }
    }
}
