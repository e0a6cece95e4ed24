package dev.penstock.platform.provisioning;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Nothing more to do for a slice now.
 *
 * @param next when to look again at the latest
 * @param reason what it waits for, for people; null: the state says it all
 * @param failed something went wrong: what is next comes later each time
 */
record Pause(Duration next, @Nullable String reason, boolean failed) {

    static Pause until(Duration next, @Nullable String reason) {
        return new Pause(next, reason, false);
    }

    static Pause failed(Duration next, String reason) {
        return new Pause(next, reason, true);
    }

    /** It has ended; nobody looks again. Its reason stays. */
    static Pause forEver(@Nullable String reason) {
        return new Pause(Duration.ofDays(1), reason, false);
    }
}
