package dev.penstock.quota.admission;

import dev.penstock.quota.calendar.Period;
import java.math.BigInteger;

/** What an attempt asks of one limit, in the period of the call. Positive. */
record CallClaim(CallRule rule, Period period, BigInteger asked) {

    CallClaim {
        if (asked.signum() <= 0) {
            throw new IllegalArgumentException("a claim asks for something: " + asked);
        }
    }
}
