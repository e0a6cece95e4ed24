package dev.penstock.frame;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again on a thread of its own: on a timer, and at once when woken. A failure is logged once until it is over.
 */
public final class Rhythm implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Rhythm.class);
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final String name;
    private final Duration every;
    private final Supplier<Duration> turn;
    private final Semaphore wake = new Semaphore(0);
    private @Nullable BackgroundThread thread;
    private volatile boolean open;

    private Rhythm(String name, Duration every, Supplier<Duration> turn) {
        this.name = name;
        this.every = every;
        this.turn = turn;
    }

    /** @param name of the thread, and in the log */
    public static Rhythm of(String name, Duration every, Runnable work) {
        return new Rhythm(name, every, () -> {
            work.run();
            return every;
        });
    }

    /** @param turn does its work and says when the next turn is due; never later than {@code every} */
    public static Rhythm varying(String name, Duration every, Supplier<Duration> turn) {
        return new Rhythm(name, every, turn);
    }

    public void start() {
        open = true;
        thread = BackgroundThread.start(name, this::run);
    }

    public boolean isOpen() {
        return open;
    }

    /** Not to wait any longer. Any number of calls before the next turn are one. */
    public void wake() {
        wake.release();
    }

    /** Returns when the turn under way, if there is one, has ended. */
    @Override
    public void close() {
        open = false;
        wake();
        if (thread != null) {
            thread.awaitEnd();
        }
    }

    private void run() {
        boolean failing = false;
        while (open) {
            Duration next = every;
            try {
                next = turn.get();
                failing = false;
            } catch (RuntimeException e) {
                if (open && !failing) {
                    log.warn("{}: failed, and is tried again every {}: {}", name, every, e.getMessage(), e);
                }
                failing = true;
            }
            pause(next.compareTo(every) < 0 ? next : every);
        }
    }

    private void pause(Duration next) {
        try {
            Duration wait = next.compareTo(SHORTEST) < 0 ? SHORTEST : next;
            if (wake.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            open = false;
            Thread.currentThread().interrupt();
        }
    }
}
