package dev.penstock.simulators.model;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How many calls run at once; others wait in the order they came. */
final class Seats {

    private static final long LOOK_MILLIS = 50;

    private final int all;
    private final Semaphore free;
    private final AtomicInteger waiting = new AtomicInteger();

    Seats(int all) {
        this.all = all;
        this.free = new Semaphore(all, true);
    }

    /** Waits for one, as long as the caller does. */
    void take(Presence presence) throws IOException, InterruptedException {
        waiting.incrementAndGet();
        try {
            while (!free.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                presence.check();
            }
        } finally {
            waiting.decrementAndGet();
        }
    }

    void giveBack() {
        free.release();
    }

    int running() {
        return all - free.availablePermits();
    }

    int waiting() {
        return waiting.get();
    }
}
