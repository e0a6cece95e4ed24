package dev.penstock.contract.platform;

/** What a delegation is worth at this moment. */
public enum DelegationState {
    /** It begins later. */
    COMING,
    ACTIVE,
    /** The delegator may decide nothing in the tenant, so neither may the delegate. */
    WITHOUT_RIGHT,
    /** Early, or at its end. */
    ENDED
}
