package dev.penstock.quota.journal;

/** Who pays for what an attempt used. */
public enum Payer {
    CALLER,
    /** We do: the attempt failed, and the caller got nothing of it. */
    PLATFORM
}
