package dev.penstock.quota.admission;

import dev.penstock.quota.allotment.PotId;
import dev.penstock.quota.calendar.Period;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an attempt asks of one limit, in the period of the call. Positive. */
record CallClaim(CallRule rule, Period period, BigInteger asked) {

    CallClaim {
        if (asked.signum() <= 0) {
            throw new IllegalArgumentException("a claim asks for something: " + asked);
        }
    }

    /** Of the limit as somebody read it a moment ago. */
    CallClaim of(BigInteger amount) {
        return new CallClaim(rule.of(amount), period, asked);
    }

    PotId pot() {
        return new PotId(rule.id(), period);
    }

    /** When the period ends; null for what is held at this moment, and for life. */
    @Nullable Instant resets() {
        return period.equals(Period.ALWAYS) ? null : period.end();
    }
}
