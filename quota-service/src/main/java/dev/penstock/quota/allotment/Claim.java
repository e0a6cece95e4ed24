package dev.penstock.quota.allotment;

import java.math.BigInteger;

/** What an attempt asks of one limit. Positive. */
public record Claim(PotId pot, BigInteger asked) {

    public Claim {
        if (asked.signum() <= 0) {
            throw new IllegalArgumentException("a claim asks for something: " + asked);
        }
    }
}
