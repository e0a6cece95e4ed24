package dev.penstock.platform.queue;

import org.jspecify.annotations.Nullable;

/**
 * A place in the queue.
 *
 * @param slice who has it
 * @param guaranteed whether it lies within its tenant's guarantee
 * @param turn what it may do now
 * @param cluster where its parts are, if it is its turn
 */
public record Place(Waiting slice, boolean guaranteed, Turn turn, @Nullable String cluster) {

    public enum Turn {
        /** Parts are there and are its own. */
        NOW,
        /** Parts come free or are taken back for it; what is free meanwhile is kept for it. */
        COLLECTS,
        LATER
    }

    public boolean isTurn() {
        return turn == Turn.NOW;
    }
}
