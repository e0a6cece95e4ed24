package dev.penstock.contract.quota;

import dev.penstock.contract.CallId;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.Money;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call, as the ledger has it. Nothing of what was said is kept.
 *
 * @param attempt from 0
 * @param key null for a person's own call
 * @param person who called by their own sign-in; null for a key
 * @param status HTTP status the caller got; 499 when the caller went away
 * @param estimated the tokens were set at their bound, because nobody told the number
 * @param reasoning how much of the output was thought and not said, as the engine told; 0 where it did not
 * @param durationMs until the attempt's end
 * @param firstTokenMs until its first content; null: none came, or the answer was not streamed
 * @param egress null: it stayed in the house
 * @param steered null: it was answered as it asked
 */
public record CallRow(
        CallId call,
        int attempt,
        Instant at,
        TenantId tenant,
        ProjectId project,
        String projectName,
        @Nullable KeyId key,
        @Nullable String keyName,
        @Nullable String person,
        @Nullable EndpointId endpoint,
        String model,
        int status,
        boolean estimated,
        long input,
        long cacheRead,
        long cacheWrite,
        long output,
        long reasoning,
        int priceVersion,
        Money cost,
        int durationMs,
        @Nullable Integer firstTokenMs,
        @Nullable Egress egress,
        @Nullable Steered steered) {}
