package dev.penstock.frame;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that works until it is told to end. Whoever started it waits for its end, so that nothing runs on in a program that has stopped. */
public final class BackgroundThread {

    private static final Logger log = LoggerFactory.getLogger(BackgroundThread.class);

    /** A turn of work that does not end in this time is left behind; the program's end does not depend on it. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Thread thread;

    private BackgroundThread(Thread thread) {
        this.thread = thread;
    }

    public static BackgroundThread start(String name, Runnable work) {
        return new BackgroundThread(Thread.ofPlatform().name(name).daemon().start(work));
    }

    /** Waits until the work has returned. Tell it to before. */
    public void awaitEnd() {
        try {
            if (!thread.join(PATIENCE)) {
                log.warn("{} is still at work and is left behind", thread.getName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
