package dev.penstock.contract.quota;

/** Over which time a limit counts. Days and months are those of the tenant's calendar. */
public enum Window {
    /** What is held at this moment. */
    NOW,
    /** Aligned minutes. */
    MINUTE,
    /** Aligned hours of the tenant's clock. */
    HOUR,
    DAY,
    MONTH,
    /** For good: it never resets. */
    LIFE
}
