package dev.penstock.frame.problem;

import java.io.IOException;

/** Thrown while a body is read that grows beyond {@link BoundedBody#MOST_BYTES}. */
final class BodyTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLarge() {
        super("a body has at most " + BoundedBody.MOST_BYTES + " bytes");
    }

    /** Whether this is what stopped the reading, however often it was wrapped. */
    static boolean caused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLarge) {
                return true;
            }
        }
        return false;
    }
}
