package dev.penstock.contract.quota;

/** What is priced. The kinds of tokens are disjoint: a token is billed once. */
public enum BilledMeter {
    /** Input that came from no cache. */
    INPUT,
    CACHE_READ,
    CACHE_WRITE,
    /** Reasoning included. */
    OUTPUT,
    SLICE_SECOND
}
