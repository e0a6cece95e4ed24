package dev.penstock.platform.catalog;

import dev.penstock.contract.ModelTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model of the catalogue. Facts are as its card states them, until an engine that runs it has confirmed them.
 *
 * @param parameters in all; {@code activeParameters} of them work on each token
 * @param centibits bits per parameter as served, in hundredths
 * @param precision how people call that
 * @param cache what a token of context keeps; null: nothing
 * @param contextTokens the longest context
 * @param maxOutputTokens the longest answer
 * @param maxTokensPerByte most tokens that one byte of input can become; null: unknown
 * @param engine what serves it
 * @param engineArgs further arguments of the engine
 * @param weights what the engine is told to load
 * @param source where the facts are from
 */
public record Model(
        String id,
        String name,
        String publisher,
        String summary,
        List<ModelTask> tasks,
        long parameters,
        long activeParameters,
        int centibits,
        String precision,
        @Nullable KvCache cache,
        long contextTokens,
        long maxOutputTokens,
        @Nullable Integer maxTokensPerByte,
        String engine,
        List<String> engineArgs,
        String weights,
        String licence,
        boolean commercialUse,
        boolean confirmed,
        String source) {

    public Model {
        tasks = List.copyOf(tasks);
        engineArgs = List.copyOf(engineArgs);
        if (parameters < 1 || centibits < 1 || contextTokens < 1) {
            throw new IllegalArgumentException("model " + id + " has no size");
        }
    }

    /** Keys and values that an engine keeps of each token of context, in every layer. */
    public record KvCache(int layers, int heads, int headDim, int bytesPerValue) {

        public KvCache {
            if (layers < 1 || heads < 1 || headDim < 1 || bytesPerValue < 1) {
                throw new IllegalArgumentException("a cache keeps something");
            }
        }

        /** A key and a value per layer, head and dimension. */
        public long bytesPerToken() {
            return Math.multiplyExact(2L * layers * heads, (long) headDim * bytesPerValue);
        }
    }
}
