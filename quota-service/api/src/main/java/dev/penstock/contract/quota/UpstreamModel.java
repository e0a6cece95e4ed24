package dev.penstock.contract.quota;

import dev.penstock.contract.ModelTask;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that an upstream serves.
 *
 * @param name what callers call it; unique among all upstreams. A model of our own of the same name comes first
 * @param servedModel what the upstream calls it
 * @param contextTokens what it can hold at most
 * @param maxTokensPerByte most tokens that one byte of input can become; null: unknown, so the context is the bound
 * @param sku under which its tokens are priced
 * @param takes the highest class of data that it may be given, where that is less than its upstream may; null: what its upstream may
 * @param limitField the one field in which it is told how long an answer of chat completions may be; left out: {@code MAX_TOKENS}. Not for who speaks Anthropic's dialect
 */
public record UpstreamModel(
        @NotNull @Size(min = 1, max = 200) String name,
        @NotNull @Size(min = 1, max = 200) String servedModel,
        @NotNull @Size(min = 1) List<@NotNull ModelTask> tasks,
        @Positive long contextTokens,
        @Positive long maxOutputTokens,
        @Nullable @Positive Integer maxTokensPerByte,
        @NotNull @Size(min = 1, max = 200) String sku,
        @Nullable DataClass takes,
        LimitField limitField) {

    public UpstreamModel {
        tasks = tasks == null ? List.of() : List.copyOf(tasks);
        limitField = limitField == null ? LimitField.MAX_TOKENS : limitField;
    }
}
