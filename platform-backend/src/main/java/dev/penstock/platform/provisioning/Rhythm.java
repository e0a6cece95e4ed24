package dev.penstock.platform.provisioning;

import dev.penstock.frame.BackgroundThread;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again on a thread of its own: on a timer, and at once when woken. A failure is logged once until it is over. */
final class Rhythm implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Rhythm.class);

    private final String name;
    private final Duration every;
    private final Runnable work;
    private final Semaphore wake = new Semaphore(0);
    private @Nullable BackgroundThread thread;
    private volatile boolean open;

    Rhythm(String name, Duration every, Runnable work) {
        this.name = name;
        this.every = every;
        this.work = work;
    }

    void start() {
        open = true;
        thread = BackgroundThread.start(name, this::run);
    }

    boolean isOpen() {
        return open;
    }

    /** Not to wait any longer. Any number of calls before the next turn are one. */
    void wake() {
        wake.release();
    }

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
            try {
                work.run();
                failing = false;
            } catch (RuntimeException e) {
                if (open && !failing) {
                    log.warn("{}: failed, and is tried again every {}: {}", name, every, e.getMessage(), e);
                }
                failing = true;
            }
            pause();
        }
    }

    private void pause() {
        try {
            if (wake.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            open = false;
            Thread.currentThread().interrupt();
        }
    }
}
