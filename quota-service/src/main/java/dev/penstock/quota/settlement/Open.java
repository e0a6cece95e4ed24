package dev.penstock.quota.settlement;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.quota.journal.Attempt;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was promised to an attempt that is not settled.
 *
 * @param context what the model can hold at most
 * @param input bound of all that goes in
 * @param output bound of what comes out
 * @param cost bound
 * @param answers asked for one prompt
 */
record Open(
        Attempt attempt,
        Instant ts,
        ProjectId project,
        @Nullable KeyId key,
        @Nullable Integer person,
        EndpointId endpoint,
        int upstream,
        int model,
        String sku,
        int path,
        int priceVersion,
        long context,
        long input,
        long output,
        BigInteger cost,
        int answers) {}
