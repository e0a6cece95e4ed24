package dev.penstock.contract.quota;

/** What a limit counts. */
public enum Meter {
    /** Slices of one profile held at the same time. */
    SLICES,
    /** GPU time in part-seconds (see {@link dev.penstock.contract.GpuTime}). */
    GPU_TIME
}
