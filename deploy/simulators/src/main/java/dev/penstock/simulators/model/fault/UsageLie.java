package dev.penstock.simulators.model.fault;

/** How a usage can be wrong. */
public enum UsageLie {
    /** There is none, though it was asked for. */
    ABSENT,
    /** The last usage of a stream comes twice. */
    TWICE,
    ZERO,
    NEGATIVE,
    /** 2⁶³: one more than fits into 64 bits with a sign. */
    HUGE,
    /** A thousand tokens more than were produced. */
    OVER,
    /** Goes up and down from event to event, and comes twice in the end, each time different. */
    CHANGING,
    /** Words in place of numbers. */
    WORDS,
    /** Numbers with a fraction. */
    FRACTION
}
