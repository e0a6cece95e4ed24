package dev.penstock.quota.allotment;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Who draws for a tenant: one at a time, in the order they came. Waiting is bounded, in number and in time. */
final class Turn {

    private final Semaphore one = new Semaphore(1, true);
    private final AtomicInteger waiting = new AtomicInteger();
    private final int most;
    private final Duration patience;

    /**
     * @param most that wait at once
     * @param patience for which each of them waits
     */
    Turn(int most, Duration patience) {
        this.most = most;
        this.patience = patience;
    }

    /** @return false: too many wait, or it took too long; then it must not be left */
    boolean take() {
        try {
            return waiting.incrementAndGet() <= most && one.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** Without waiting. */
    boolean takeIfFree() {
        return one.tryAcquire();
    }

    void leave() {
        one.release();
    }

    int waiting() {
        return waiting.get();
    }
}
