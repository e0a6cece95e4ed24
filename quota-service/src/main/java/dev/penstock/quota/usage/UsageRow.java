package dev.penstock.quota.usage;

import dev.penstock.contract.CallId;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.quota.rating.Tokens;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt costs its caller.
 *
 * @param ts the time inside the call's id
 * @param person number of the person's word; null for a key
 * @param model number of the model's word
 * @param tokens those that the caller pays
 * @param reasoning how many of the output tokens were thought and not said, as the engine told; 0 where it did not
 * @param cost in 10⁻¹² of the currency
 * @param firstTokenMs null: no content came, or the answer was no stream
 */
public record UsageRow(
        CallId call,
        int attempt,
        Instant ts,
        ProjectId project,
        @Nullable KeyId key,
        @Nullable Integer person,
        EndpointId endpoint,
        int upstream,
        int model,
        int path,
        int priceVersion,
        int status,
        boolean estimated,
        Tokens tokens,
        long reasoning,
        BigInteger cost,
        int durationMs,
        @Nullable Integer firstTokenMs) {

    /** The caller went away: not a failure. */
    private static final int CLIENT_GONE = 499;

    boolean failed() {
        return status >= 400 && status != CLIENT_GONE;
    }
}
