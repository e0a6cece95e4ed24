package dev.penstock.quota.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far back an invariant is asked about. */
enum Reach {
    /** The last hours, often. */
    RECENT("invariants"),
    /** Everything that is kept, seldom. */
    ALL("all-invariants");

    private static final long BUCKET_SECONDS = Duration.ofMinutes(15).toSeconds();

    private final String turn;

    Reach(String turn) {
        this.turn = turn;
    }

    /** Which one replica takes at a time. */
    String turn() {
        return turn;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Null: from the beginning. A whole number of roll-ups, so that rows and roll-ups begin together. */
    @Nullable Instant since(Instant now, Duration recent) {
        return switch (this) {
            case RECENT -> Instant.ofEpochSecond(Math.floorDiv(now.minus(recent).getEpochSecond(), BUCKET_SECONDS) * BUCKET_SECONDS);
            case ALL -> null;
        };
    }
}
