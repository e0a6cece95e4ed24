package dev.penstock.quota.reconciliation;

/** Tokens that went in and came out; below zero in a difference. Sums stay far from 63 bits: engines count in doubles, exact to 2^53. */
record Amount(long input, long output) {

    static final Amount NONE = new Amount(0, 0);

    Amount plus(Amount other) {
        return new Amount(input + other.input, output + other.output);
    }

    Amount minus(Amount other) {
        return new Amount(input - other.input, output - other.output);
    }

    /** Nothing where it is below zero. */
    Amount orNothing() {
        return new Amount(Math.max(0, input), Math.max(0, output));
    }

    boolean isNothing() {
        return equals(NONE);
    }
}
