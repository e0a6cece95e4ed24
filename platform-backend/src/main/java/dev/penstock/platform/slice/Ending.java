package dev.penstock.platform.slice;

import dev.penstock.contract.platform.SliceState;

/** How a slice ends: what it becomes when everything it held is given back. */
public enum Ending {
    /** Its team, or an administrator, gave it back. */
    RELEASED,
    /** Its lease ended. */
    EXPIRED,
    /** It could not be brought up, or not be kept up. */
    FAILED;

    SliceState state() {
        return switch (this) {
            case RELEASED -> SliceState.RELEASED;
            case EXPIRED -> SliceState.EXPIRED;
            case FAILED -> SliceState.FAILED;
        };
    }
}
