package dev.penstock.platform.history;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param gap how long nobody may look at the nodes until what was between two looks counts as unknown; longer than a restart takes
 * @param keep how long what is over is kept
 * @param forgetEvery how often what is older is deleted
 */
@ConfigurationProperties(prefix = "penstock.history", ignoreUnknownFields = false)
record HistorySettings(@DefaultValue("2m") Duration gap, @DefaultValue("1096d") Duration keep, @DefaultValue("1h") Duration forgetEvery) {

    private static final int TAKE_OVER = 4;
    private static final int EXTENDS = 12;
    private static final Duration SHORTEST_GAP = Duration.ofSeconds(EXTENDS);
    private static final Duration SHORTEST_KEEP = Duration.ofDays(1);

    HistorySettings {
        if (gap.compareTo(SHORTEST_GAP) < 0) {
            throw new IllegalArgumentException("penstock.history.gap is at least " + SHORTEST_GAP + ", or every breath of a replica would be one: " + gap);
        }
        if (keep.compareTo(SHORTEST_KEEP) < 0) {
            throw new IllegalArgumentException("penstock.history.keep is at least a day: " + keep);
        }
        if (!forgetEvery.isPositive()) {
            throw new IllegalArgumentException("penstock.history.forget-every must be longer than nothing");
        }
    }

    /** How long another replica that writes may be silent until this one writes in its place: well before a gap comes of it. */
    Duration takesOver() {
        return gap.dividedBy(TAKE_OVER);
    }

    /** How often it is written that somebody looked, while nothing changes. */
    Duration extendsEvery() {
        return gap.dividedBy(EXTENDS);
    }
}
