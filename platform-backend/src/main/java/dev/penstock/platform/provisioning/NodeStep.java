package dev.penstock.platform.provisioning;

/** What the reconciler of nodes does, one thing at a time, announced before its effect, as {@link Step} of slices. */
enum NodeStep {
    /** 1 Read the node's order. */
    READ,
    /** 2 Look at the node. */
    LOOK,
    /** 3 Close it to new pods. */
    CLOSE,
    /** 4 Write that it is closed. */
    RECORD_CLOSED,
    /** 5 Add its configuration to those that the MIG manager knows. */
    WRITE_CONFIG,
    /** 6 Write when that was. */
    RECORD_CONFIG,
    /** 7 Look who is still on it. */
    COUNT,
    /** 8 Write that nobody is; from then on the label may be on it. */
    RECORD_EMPTY,
    /** 9 Set the label that makes the MIG manager cut it. */
    WRITE_LABEL,
    /** 10 Write that it is cut. */
    RECORD_CUT,
    /** 11 Write that the MIG manager failed. */
    RECORD_FAILED,
    /** 12 Open it. */
    OPEN,
    /** 13 Write that it is open. */
    RECORD_OPEN,
    /** 14 Write that something happened at the node which nobody consented to. */
    RECORD_OVERTAKEN,
    /** 15 Write what it waits for. */
    RECORD_WAIT,
    /** 16 Write that somebody else has closed it before. */
    RECORD_FOUND_CLOSED
}
