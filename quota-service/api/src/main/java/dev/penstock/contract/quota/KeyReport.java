package dev.penstock.contract.quota;

/** Keys that work and that somebody should look at. */
public enum KeyReport {
    /** Nobody has called with it since it was made. */
    NEVER_USED,
    /** It was used once, but not lately. */
    UNUSED,
    /** A secret that works was made too long ago. */
    OVERDUE
}
