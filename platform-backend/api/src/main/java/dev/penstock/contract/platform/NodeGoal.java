package dev.penstock.contract.platform;

/** What is ordered of a node. */
public enum NodeGoal {
    /** It takes no new pods. */
    CLOSE,
    /** The same, and who is on it goes elsewhere. */
    EMPTY,
    /** Its GPUs are cut anew: closed, emptied, cut, opened. Only by consent to a proposal. */
    RECUT,
    /** It takes pods again, whoever closed it. */
    OPEN
}
