package dev.penstock.simulators.model;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time until a server's model is there, and what it prints meanwhile. */
final class Loading implements AutoCloseable {

    private static final int SHARDS = 8;

    private final EngineSettings engine;
    private final Console console;
    private final Clock clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean done;

    private Loading(EngineSettings engine, Console console, Clock clock) {
        this.engine = engine;
        this.console = console;
        this.clock = clock;
    }

    static Loading start(EngineSettings engine, Duration time, Console console, Clock clock) {
        Loading loading = new Loading(engine, console, clock);
        if (time.isZero()) {
            loading.load(Duration.ZERO);
        } else {
            Thread.ofVirtual().name("loading").start(() -> loading.load(time));
        }
        return loading;
    }

    boolean isDone() {
        return done;
    }

    private void load(Duration time) {
        print("INFO: This is Penstock's simulator of vLLM " + ModelCard.VERSION + ": nothing is loaded and no model runs.");
        print("INFO: Starting to load model " + engine.model() + "...");
        long begin = System.nanoTime();
        for (int shard = 0; shard <= SHARDS; shard++) {
            Duration step = shard == 0 ? Duration.ZERO : time.dividedBy(SHARDS);
            if (stopsWithin(step)) {
                return;
            }
            print("Loading safetensors checkpoint shards: %3d%% Completed | %d/%d".formatted(
                    shard * 100 / SHARDS, shard, SHARDS));
        }
        print("INFO: Loading weights took %.2f seconds".formatted((System.nanoTime() - begin) / 1e9));
        done = true;
        print("INFO: Application startup complete.");
    }

    private boolean stopsWithin(Duration step) {
        try {
            return stop.await(step.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void print(String text) {
        console.print(clock.instant(), text);
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
