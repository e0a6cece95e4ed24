package dev.penstock.quota.allotment;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who speaks to the database for a tenant: one at a time. Callers come in the order they came, bounded in number and in time. Who keeps what is
 * held fresh waits for the one that has the turn and not for those behind it:
 *
 * <pre>
 * a limit is near its end, and hundreds are short of it
 * reading the rows waits behind all of them, is never done, and after an allotment's life nothing is admitted
 * </pre>
 */
final class Turn {

    private final Semaphore first = new Semaphore(1, true);
    private final Semaphore one = new Semaphore(1, true);
    private final AtomicInteger waiting = new AtomicInteger();
    private final int most;
    private final Duration patience;

    /**
     * @param most callers that wait at once
     * @param patience for which each of them waits, to be the first and then for the turn
     */
    Turn(int most, Duration patience) {
        this.most = most;
        this.patience = patience;
    }

    /** Of a caller. @return false: too many wait, or it took too long; then it must not be left */
    boolean take() {
        try {
            return waiting.incrementAndGet() <= most && take(first) && takeAsFirst();
        } finally {
            waiting.decrementAndGet();
        }
    }

    void leave() {
        one.release();
        first.release();
    }

    /** Of who keeps things fresh: before all callers but the first. @return false: it took too long; then it must not be left */
    boolean takeAhead() {
        return take(one);
    }

    void leaveAhead() {
        one.release();
    }

    /** Callers. */
    int waiting() {
        return waiting.get();
    }

    private boolean takeAsFirst() {
        boolean taken = take(one);
        if (!taken) {
            first.release();
        }
        return taken;
    }

    private boolean take(Semaphore semaphore) {
        try {
            return semaphore.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
