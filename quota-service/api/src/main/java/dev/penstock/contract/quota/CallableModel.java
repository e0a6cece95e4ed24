package dev.penstock.contract.quota;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ModelTask;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that a project may call.
 *
 * @param model what to write into the {@code model} field
 * @param shared whether callers pay for tokens; those of a dedicated endpoint are counted and cost nothing, since its slice is paid
 * @param inputPrice in 10⁻¹² of the currency for a token, as are the others; null while there is no price, and then it cannot be called
 */
public record CallableModel(
        String model,
        EndpointId endpoint,
        boolean shared,
        List<ModelTask> tasks,
        long contextTokens,
        long maxOutputTokens,
        @Nullable String currency,
        @Nullable BigInteger inputPrice,
        @Nullable BigInteger cacheReadPrice,
        @Nullable BigInteger cacheWritePrice,
        @Nullable BigInteger outputPrice) {}
