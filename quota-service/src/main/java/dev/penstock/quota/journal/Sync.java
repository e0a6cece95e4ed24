package dev.penstock.quota.journal;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;

/**
 * When what was written is on disk for certain, also if the machine loses power. If only the process dies, nothing is lost either way.
 *
 * @param every zero: before anything written counts, at the price of a sync for each group of ends
 */
record Sync(Duration every) {

    private static final String ALWAYS = "always";

    Sync {
        if (every.isNegative()) {
            throw new IllegalArgumentException("penstock.journal.sync is " + every);
        }
    }

    /** @param text {@code always}, or a time such as {@code 20ms} */
    public static Sync of(String text) {
        return new Sync(text.equals(ALWAYS) ? Duration.ZERO : DurationStyle.detectAndParse(text));
    }

    boolean always() {
        return every.isZero();
    }
}
