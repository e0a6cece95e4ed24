package dev.penstock.ui.base;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Work of a tab that is asked for more often than it is worth: done at once, then at most once in a while, and never left out at the end. */
public final class Pace {

    private final Duration least;
    private final Clock clock;
    private final Later later;
    private @Nullable Instant last;
    private boolean awaited;

    /** Runs something after a time. */
    @FunctionalInterface
    public interface Later {
        void run(Duration delay, Runnable work);
    }

    public Pace(Duration least, Clock clock, Later later) {
        this.least = least;
        this.clock = clock;
        this.later = later;
    }

    /** In the tab, with its lock; nothing happens once it is closed. */
    public static Later in(UI ui) {
        return (delay, work) -> CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, run -> Thread.ofVirtual().name("paced work of a tab").start(run))
                .execute(() -> {
                    try {
                        ui.access(work::run);
                    } catch (UIDetachedException closed) {
                        return; // Nobody looks any more.
                    }
                });
    }

    public void want(Runnable work) {
        if (awaited) {
            return;
        }
        Instant now = clock.instant();
        Instant before = last;
        Duration wait = before == null ? Duration.ZERO : least.minus(Duration.between(before, now));
        if (wait.isPositive()) {
            awaited = true;
            later.run(wait, () -> {
                awaited = false;
                last = clock.instant();
                work.run();
            });
        } else {
            last = now;
            work.run();
        }
    }
}
