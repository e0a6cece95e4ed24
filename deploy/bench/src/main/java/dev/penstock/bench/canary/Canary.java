package dev.penstock.bench.canary;

/** @param text that is nowhere else, and that no form of its own writes differently: ASCII letters and digits */
public record Canary(Kind kind, String text) {

    /** A search looks at so many bytes at once. */
    static final int SHORTEST = 16;

    /** As percent signs it is three times as long. */
    static final int LONGEST = 40;

    public Canary {
        if (text.length() < SHORTEST || text.length() > LONGEST || !text.chars().allMatch(letter -> letter > ' ' && letter < 127)) {
            throw new IllegalArgumentException("a canary of " + text.length() + " characters");
        }
    }

    /** What a report may say of it. */
    @Override
    public String toString() {
        return kind.words() + " " + text.substring(0, 4) + "…";
    }
}
