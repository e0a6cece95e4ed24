package dev.penstock.platform.slice;

import dev.penstock.contract.platform.SliceState;

/** How a taking down ends: what the slice becomes when everything it held on the cluster is given back. */
public enum Ending {
    /** Its team, or an administrator, gave it back. */
    RELEASED(SliceState.RELEASED),
    /** Its lease ended. */
    EXPIRED(SliceState.EXPIRED),
    /** It could not be brought up, or not be kept up. */
    FAILED(SliceState.FAILED),
    /** It steps aside until somebody resumes it. Its quota stays set aside. */
    SUSPENDED(SliceState.SUSPENDED),
    /** It steps aside and is brought up again as soon as there is a part for it. Its quota stays set aside. */
    QUEUED(SliceState.QUEUED);

    private final SliceState state;

    Ending(SliceState state) {
        this.state = state;
    }

    /** Whether nothing comes after it. Otherwise the slice only steps aside. */
    public boolean isFinal() {
        return !state.live();
    }

    SliceState state() {
        return state;
    }
}
