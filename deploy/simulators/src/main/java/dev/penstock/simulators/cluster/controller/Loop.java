package dev.penstock.simulators.cluster.controller;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread all controllers run on, now and later; what one of them throws stops nobody. */
final class Loop implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Loop.class.getName());

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("cluster-controllers").factory());
    private final Set<String> pending = ConcurrentHashMap.newKeySet();

    Loop() {
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Runs it as soon as what is before it has run. */
    void soon(Runnable work) {
        after(Duration.ZERO, work);
    }

    /** Runs it after the delay, once, however often it is asked for under that key until then. */
    void once(String key, Duration delay, Runnable work) {
        if (pending.add(key)) {
            after(delay, () -> {
                pending.remove(key);
                work.run();
            });
        }
    }

    /** Runs it again and again. */
    void every(Duration interval, Runnable work) {
        executor.scheduleWithFixedDelay(guarded(work), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void after(Duration delay, Runnable work) {
        try {
            executor.schedule(guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closing) {
            LOG.log(Level.TRACE, "closing", closing);
        }
    }

    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException failed) {
                LOG.log(Level.WARNING, "a controller failed; the next change is its next try", failed);
            }
        };
    }

    /** Lets what is running end; nothing planned begins any more. */
    @Override
    public void close() {
        executor.close();
    }
}
