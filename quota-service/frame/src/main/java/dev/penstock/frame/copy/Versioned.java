package dev.penstock.frame.copy;

/** A thing as last read, with all that belongs to it. Immutable; equal things have equal content. */
public interface Versioned {

    /** Grows with every change of the thing or of what belongs to it. */
    long version();
}
