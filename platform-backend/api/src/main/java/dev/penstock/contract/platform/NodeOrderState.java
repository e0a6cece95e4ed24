package dev.penstock.contract.platform;

/** How far an order of a node is. */
public enum NodeOrderState {
    /** The node is being closed to new pods. */
    CLOSING,
    /** Who is on it is told, and then taken elsewhere. */
    EMPTYING,
    /** The MIG manager was told to cut, and works. */
    CUTTING,
    /** The node is being opened. */
    OPENING,
    /** The MIG manager failed. The node stays closed until somebody decides. */
    FAILED,
    DONE,
    CANCELLED,
    GIVEN_UP,
    /** Another order of the node took its place. */
    REPLACED;

    public boolean live() {
        return switch (this) {
            case CLOSING, EMPTYING, CUTTING, OPENING, FAILED -> true;
            case DONE, CANCELLED, GIVEN_UP, REPLACED -> false;
        };
    }
}
