package dev.penstock.contract.platform;

/** {@code SUBMITTED} becomes one of the others, which are final. */
public enum RequestState {
    SUBMITTED,
    APPROVED,
    REJECTED,
    WITHDRAWN,
    /** Nobody decided in time. */
    LAPSED
}
