package dev.penstock.ui.keys;

import java.time.Duration;

/** For how long the secret of before works beside the new one. */
enum Grace {
    NONE("not a moment longer", Duration.ZERO),
    HOUR("an hour", Duration.ofHours(1)),
    DAY("a day", Duration.ofDays(1)),
    WEEK("7 days", Duration.ofDays(7)),
    MONTH("30 days", Duration.ofDays(30));

    private final String title;
    private final Duration time;

    Grace(String title, Duration time) {
        this.title = title;
        this.time = time;
    }

    String title() {
        return title;
    }

    Duration time() {
        return time;
    }
}
