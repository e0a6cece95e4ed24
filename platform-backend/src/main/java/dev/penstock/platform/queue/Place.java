package dev.penstock.platform.queue;

/**
 * A place in the queue.
 *
 * @param slice who has it
 * @param guaranteed whether it lies within its tenant's guarantee
 * @param turn what it may do now
 */
public record Place(Waiting slice, boolean guaranteed, Turn turn) {

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
