package dev.penstock.contract.platform;

import dev.penstock.contract.ModelTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model of the catalogue. Facts are data: an administrator can correct them.
 *
 * @param id for example {@code qwen2.5-7b-instruct}
 * @param parameters in all; {@code activeParameters} of them work on each token
 * @param kvBytesPerToken memory that one token of context takes; null where the model keeps none
 * @param weightBytes of the weights as served
 * @param confirmed false: the facts are as stated by the model's card, not yet confirmed by an engine that runs it
 * @param source where the facts are from
 * @param commercialUse whether the licence allows it
 * @param fits for every profile, the smallest that fits first, then those that do not
 */
public record ModelView(
        String id,
        String name,
        String publisher,
        String summary,
        List<ModelTask> tasks,
        long parameters,
        long activeParameters,
        long contextTokens,
        @Nullable Long kvBytesPerToken,
        long weightBytes,
        String precision,
        String licence,
        boolean commercialUse,
        boolean confirmed,
        String source,
        List<ModelFit> fits) {}
