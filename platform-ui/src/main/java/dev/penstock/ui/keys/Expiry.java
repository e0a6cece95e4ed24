package dev.penstock.ui.keys;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** For how long a key works. */
enum Expiry {
    MONTH("30 days", Duration.ofDays(30)),
    QUARTER("90 days", Duration.ofDays(90)),
    YEAR("a year", Duration.ofDays(365)),
    NEVER("for good", null);

    private final String title;
    private final @Nullable Duration time;

    Expiry(String title, @Nullable Duration time) {
        this.title = title;
        this.time = time;
    }

    String title() {
        return title;
    }

    /** Null: never. */
    @Nullable Instant from(Instant now) {
        return time == null ? null : now.plus(time);
    }
}
