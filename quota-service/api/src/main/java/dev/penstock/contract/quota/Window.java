package dev.penstock.contract.quota;

/** Over which time a limit counts. */
public enum Window {
    /** What is held at this moment. */
    NOW,
    /** The calendar month in the tenant's time zone. */
    MONTH
}
