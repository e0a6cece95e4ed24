package dev.penstock.quota.audit;

/** Where a turn of the sealer can end for good: told as each is reached, so that a test can end it there. */
enum SealStep {
    LOCKED,
    TAKEN,
    LEAVES_WRITTEN,
    NODES_WRITTEN,
    SEALED,
    CHECKED,
    SIGNED,
    COPIED,
    NUMBERED,
    PUBLISHED
}
