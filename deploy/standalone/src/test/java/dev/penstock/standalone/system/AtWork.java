package dev.penstock.standalone.system;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How many calls the engines work on at once, looked at again and again. */
final class AtWork implements AutoCloseable {

    /** An engine notices within this that whoever asked is gone. */
    private static final long EVERY_MILLIS = 250;

    private final CompletableFuture<Void> watching;
    private volatile long most;
    private volatile boolean over;

    static AtWork watch(RunningPenstock penstock) {
        return new AtWork(penstock);
    }

    private AtWork(RunningPenstock penstock) {
        this.watching = CompletableFuture.runAsync(() -> watchAll(penstock), task -> Thread.ofVirtual().name("at-work").start(task));
    }

    /** The most that were there for longer than an engine needs to notice the end of a call. Ends the watch. */
    long most() {
        over = true;
        watching.join();
        return most;
    }

    private void watchAll(RunningPenstock penstock) {
        long before = 0;
        while (!over) {
            long now = EngineLog.atWork(penstock);
            most = Math.max(most, Math.min(before, now));
            before = now;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS));
        }
    }

    @Override
    public void close() {
        over = true;
    }
}
