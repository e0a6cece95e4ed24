package dev.penstock.quota.gateway;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line in JSON for each call, on a logger of its own, where an operator wants it. Written by a thread of its own from a queue with an end: a disk that
 * is slow or full delays no call. What finds the queue full is dropped and counted.
 */
final class CallLog implements AutoCloseable {

    static final String LOGGER = "penstock.calls";

    private static final Logger log = LoggerFactory.getLogger(CallLog.class);
    private static final Logger lines = LoggerFactory.getLogger(LOGGER);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** For what waits when the program stops. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How soon the thread sees that it is to stop. */
    private static final long LOOK_MILLIS = 100;

    private final GatewayMetrics metrics;
    private final BlockingQueue<CallLine> waiting;
    /** Null: nobody wants the lines. */
    private final @Nullable Thread writer;
    private volatile boolean closing;

    CallLog(GatewaySettings settings, GatewayMetrics metrics) {
        this.metrics = metrics;
        this.waiting = new ArrayBlockingQueue<>(settings.callLogQueue());
        this.writer = settings.callLog() ? Thread.ofPlatform().name("call-log").daemon().unstarted(this::writeAll) : null;
        if (writer != null) {
            writer.start();
        }
    }

    /** Returns at once. */
    void ended(Supplier<CallLine> line) {
        if (writer != null && !waiting.offer(line.get())) {
            metrics.lineDropped();
        }
    }

    private void writeAll() {
        try {
            while (!closing || !waiting.isEmpty()) {
                CallLine next = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    write(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What fails for one line is no reason to write no other. */
    private void write(CallLine line) {
        try {
            lines.info("{}", JSON.writeValueAsString(line));
        } catch (RuntimeException e) {
            metrics.lineDropped();
            log.error("the line of call {} could not be written", line.call(), e);
        }
    }

    @Override
    public void close() {
        closing = true;
        if (writer == null) {
            return;
        }
        try {
            if (!writer.join(PATIENCE)) {
                writer.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
