package dev.penstock.contract.quota;

/** What became of a request for more. Only {@link #SUBMITTED} ones wait. */
public enum LimitRequestState {
    SUBMITTED,
    APPROVED,
    REJECTED,
    /** By whoever asked. */
    WITHDRAWN,
    /** Nobody decided it in time. */
    LAPSED
}
