package dev.penstock.platform.slice;

/** Somebody else claimed the slice, or changed it meanwhile: what was decided no longer holds, and nothing was written. */
public final class ClaimLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ClaimLost(String message) {
        super(message);
    }
}
