package dev.penstock.standalone;

import dev.penstock.standalone.machine.StartFailure;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;

/** What runs, and its end. A stop may come at any moment, also while parts are starting in several threads. */
final class RunningParts {

    private final Map<Part, AutoCloseable> running = new EnumMap<>(Part.class);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Takes a part over. If the stop came first, the part is closed here and the start ends. */
    void add(Part part, AutoCloseable handle) {
        synchronized (running) {
            if (stopping.getCount() > 0) {
                running.put(part, handle);
                return;
            }
        }
        close(part, handle, (failed, why) -> {});
        throw new StartFailure("Stopped before everything was ready.");
    }

    /**
     * Stops every part, the last first; returns when all are stopped, whoever began it. One that fails to stop does not keep the others
     * running.
     */
    void stop(BiConsumer<Part, Exception> failures) {
        if (!beginStop()) {
            awaitUninterrupted();
            return;
        }
        for (Part part : List.of(Part.values()).reversed()) {
            AutoCloseable handle = running.get(part);
            if (handle != null) {
                close(part, handle, failures);
            }
        }
        stopped.countDown();
    }

    /** From here on nothing is added any more. */
    private boolean beginStop() {
        synchronized (running) {
            boolean first = stopping.getCount() > 0;
            stopping.countDown();
            return first;
        }
    }

    private void awaitUninterrupted() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Part part, AutoCloseable handle, BiConsumer<Part, Exception> failures) {
        try {
            handle.close();
        } catch (Exception e) {
            failures.accept(part, e);
        }
    }

    /** Counted down when the stop begins. */
    CountDownLatch stopping() {
        return stopping;
    }

    void awaitStopped() throws InterruptedException {
        stopped.await();
    }
}
