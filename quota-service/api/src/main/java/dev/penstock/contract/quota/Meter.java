package dev.penstock.contract.quota;

/** What a limit counts. */
public enum Meter {
    /** Slices of one profile held at the same time. */
    SLICES,
    /** GPU time in part-seconds (see {@link dev.penstock.contract.GpuTime}). */
    GPU_TIME,
    /** Calls that were admitted. */
    REQUESTS,
    /** Tokens that went in, from a cache or not. */
    TOKENS_INPUT,
    /** Tokens that came out. */
    TOKENS_OUTPUT,
    /** Both. */
    TOKENS,
    /** What calls cost, in 10⁻¹² of the currency of the price books. */
    MONEY,
    /** Calls under way at the same time. */
    CONCURRENCY;

    /** Whether it counts calls; otherwise it counts slices. */
    public boolean countsCalls() {
        return this != SLICES && this != GPU_TIME;
    }
}
