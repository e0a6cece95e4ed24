package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt.
 *
 * @param untold what the client is to be told; null: it was answered, or is gone
 * @param elsewhere whether another target might answer: nothing has reached the client, and it is not the request that is at fault
 */
record Outcome(Ending ending, @Nullable Refusal untold, boolean elsewhere) {}
