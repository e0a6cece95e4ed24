package dev.penstock.quota.journal;

/** The steps between "may it spend?" and "it is in the ledger", in order, and those of writing off what nobody will bring there. */
public enum Step {
    /** The tenant's lock is shared. */
    ADMIT_LOCK,
    /** Limits and prices are read. */
    ADMIT_READ,
    /** The use of the limits is read and locked. */
    ADMIT_WEIGH,
    /** Shares and the intent are written. */
    ADMIT_WRITE,
    /** The transaction commits. */
    ADMIT_COMMIT,
    /** It has; the gateway is told. */
    ADMIT_ANSWER,
    SETTLE_LOCK,
    /** The open attempts are read and locked. */
    SETTLE_FIND,
    /** Usage rows and roll-ups are written. */
    SETTLE_ROWS,
    /** The attempts' shares are given back. */
    SETTLE_GIVE_BACK,
    /** The limits' use moves. */
    SETTLE_PERIODS,
    SETTLE_LEDGER,
    SETTLE_COMMIT,
    /** It has; the places in the journal become free. */
    SETTLE_DONE,
    /** Who declares a replica gone for good, and who has found its journal, wait for each other. */
    WRITE_OFF_LOCK,
    /** Its last life ends, should it be there in truth. */
    WRITE_OFF_FENCE,
    /** It is on record, before the tenants' losses that name it. */
    WRITE_OFF_MARK,
    WRITE_OFF_BOOK,
    /** Nobody waits for its word any more. */
    WRITE_OFF_FORGET,
    WRITE_OFF_COMMIT,
    WRITE_BACK_LOCK,
    WRITE_BACK_MARK,
    WRITE_BACK_BOOK,
    WRITE_BACK_COMMIT
}
