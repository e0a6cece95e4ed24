package dev.penstock.ui.audit;

import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Search;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are shown; all of it stands in the address.
 *
 * @param text part of actor, subject or reference
 * @param time how far back
 * @param before entries with a smaller index only; null: from the newest
 */
record Filter(
        @Nullable String text,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String tenant,
        @Nullable String outcome,
        Time time,
        @Nullable Long before) {

    static final String ACTOR = "actor";
    static final String ACTION = "action";
    static final String TENANT = "tenant";
    static final String OUTCOME = "outcome";
    static final String TIME = "time";
    static final String BEFORE = "before";

    enum Time {
        EVER("Any time"),
        HOUR("Last hour"),
        TODAY("Today"),
        WEEK("Last 7 days"),
        MONTH("Last 30 days");

        private final String title;

        Time(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        /** Null: from the beginning. Today begins at midnight where the person is. */
        @Nullable Instant from(Instant now, ZoneId zone) {
            return switch (this) {
                case EVER -> null;
                case HOUR -> now.minus(Duration.ofHours(1));
                case TODAY -> now.atZone(zone).truncatedTo(ChronoUnit.DAYS).toInstant();
                case WEEK -> now.minus(Duration.ofDays(7));
                case MONTH -> now.minus(Duration.ofDays(30));
            };
        }
    }

    static Filter of(Address address) {
        return new Filter(
                address.get(Search.PARAMETER),
                address.get(ACTOR),
                address.get(ACTION),
                address.get(TENANT),
                address.get(OUTCOME),
                address.get(TIME, Time.EVER),
                number(address.get(BEFORE)));
    }

    private static @Nullable Long number(@Nullable String text) {
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException noIndex) {
            return null;
        }
    }
}
