package dev.penstock.platform.provisioning;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Nothing more to do for a slice now.
 *
 * @param next when to look again at the latest
 * @param reason what it waits for, for people; null: the state says it all
 * @param progress of loading a model's weights in percent; null: none is told
 * @param failed something went wrong: what is next comes later each time
 */
record Pause(Duration next, @Nullable String reason, @Nullable Integer progress, boolean failed) {

    static Pause until(Duration next, @Nullable String reason) {
        return new Pause(next, reason, null, false);
    }

    /** It comes up, this far. */
    static Pause comingUp(Duration next, @Nullable String reason, @Nullable Integer progress) {
        return new Pause(next, reason, progress, false);
    }

    static Pause failed(Duration next, String reason) {
        return new Pause(next, reason, null, true);
    }

    /** It has ended; nobody looks again. Its reason stays. */
    static Pause forEver(@Nullable String reason) {
        return new Pause(Duration.ofDays(1), reason, null, false);
    }
}
