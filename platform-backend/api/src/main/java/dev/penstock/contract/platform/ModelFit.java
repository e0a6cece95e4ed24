package dev.penstock.contract.platform;

/**
 * Whether a model fits a part of a GPU, with the numbers: weights + overhead + context × sequences × bytes a token ≤ memory × utilisation.
 *
 * @param usableBytes memory × utilisation
 * @param freeForContext what is left beside weights and overhead; negative where it does not fit
 * @param longestContext tokens of one sequence, at most the model's own; 0 where it does not fit
 * @param sequences how many sequences of the model's whole context fit at once
 * @param free parts of the profile that nobody holds now
 * @param sentence for a person
 */
public record ModelFit(
        String profile, boolean fits, long usableBytes, long weightBytes, long overheadBytes, long freeForContext, long longestContext, int sequences, int free, String sentence) {}
