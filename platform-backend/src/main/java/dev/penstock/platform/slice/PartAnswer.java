package dev.penstock.platform.slice;

/** What a slice is told that asks for a part. */
public sealed interface PartAnswer {

    /** It has one. */
    record Taken(Claim claim) implements PartAnswer {}

    /** All are held, or go this moment to those ahead of it. */
    record AllHeld() implements PartAnswer {}

    /** Some are free, and are kept for slices within their guarantee. */
    record KeptForGuarantees() implements PartAnswer {}
}
