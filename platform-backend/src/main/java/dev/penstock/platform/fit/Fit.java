package dev.penstock.platform.fit;

import dev.penstock.platform.catalog.Model;
import dev.penstock.platform.catalog.SliceProfile;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic: weights + overhead + context × sequences × bytes a token ≤ memory × utilisation. Pure, in whole bytes; what is needed is
 * rounded up and what is there is rounded down.
 *
 * @param usableBytes memory × utilisation
 * @param weightBytes of the weights as served
 * @param freeForContext what is left beside weights and overhead; negative where it does not fit
 * @param bytesPerToken what a token of context keeps; null: nothing
 * @param modelContext the model's own longest context
 */
public record Fit(long usableBytes, long weightBytes, long freeForContext, @Nullable Long bytesPerToken, long modelContext) {

    /** Of the memory that an engine is told it may use; the flag of the same value goes to the engine. */
    public static final int UTILISATION_PERCENT = 90;
    /** CUDA context, graphs and activations: one to three gigabytes a GPU are usual, and grow with the batch. */
    public static final long OVERHEAD_BYTES = 2_000_000_000;
    /** Sequences that an engine works on at once at most, unless told otherwise. */
    public static final int MOST_SEQUENCES = 256;

    private static final long BYTES_PER_MIB = 1024L * 1024;
    private static final long CENTIBITS_PER_BYTE = 800;

    public static Fit of(Model model, SliceProfile profile) {
        long usable = Math.multiplyExact(profile.memoryMib(), BYTES_PER_MIB) / 100 * UTILISATION_PERCENT;
        long weights = weightBytes(model);
        return new Fit(
                usable, weights, usable - weights - OVERHEAD_BYTES, model.cache() == null ? null : model.cache().bytesPerToken(), model.contextTokens());
    }

    /** Parameters × bits ÷ 8. */
    public static long weightBytes(Model model) {
        return Math.ceilDiv(Math.multiplyExact(model.parameters(), (long) model.centibits()), CENTIBITS_PER_BYTE);
    }

    /** Whether anything can be served at all: the weights, and one token of context. */
    public boolean fits() {
        return longestContext() > 0;
    }

    /** Tokens of one sequence, at most the model's own; 0 where it does not fit. */
    public long longestContext() {
        if (freeForContext < 0) {
            return 0;
        }
        return bytesPerToken == null ? modelContext : Math.min(modelContext, freeForContext / bytesPerToken);
    }

    /** How many sequences of that many tokens fit at once. */
    public int sequencesOf(long contextTokens) {
        if (contextTokens > longestContext()) {
            return 0;
        }
        long fit = bytesPerToken == null ? MOST_SEQUENCES : freeForContext / Math.multiplyExact(bytesPerToken, contextTokens);
        return (int) Math.min(MOST_SEQUENCES, fit);
    }
}
