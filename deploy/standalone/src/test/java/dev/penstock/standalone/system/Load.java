package dev.penstock.standalone.system;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Callers who ask for all sorts of things, each its next call at any of the replicas, and at another where nobody listens: what a service of a
 * cluster does with the pods that are ready. Some hang up at a random byte.
 */
final class Load implements AutoCloseable {

    /** Held by whoever makes such a load, and by whoever counts what a killed process had not read: a starved one reads late. */
    static final String LOCK = "load";

    /**
     * @param callers at once
     * @param hangUpPercent of calls whose caller does not wait for the end
     * @param pause of a caller between two calls
     * @param seed the same calls again
     */
    record Kind(int callers, int hangUpPercent, Duration pause, long seed) {}

    private static final int LATEST_HANG_UP = 12_000;
    private static final Duration NOBODY_LISTENS = Duration.ofSeconds(180);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final List<Replica> replicas;
    private final String key;
    private final Kind kind;
    private final Queue<RawCall> seen = new ConcurrentLinkedQueue<>();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final ExecutorService threads;
    private final List<Future<?>> callers = new ArrayList<>();

    static Load begin(List<Replica> replicas, String key, Kind kind) {
        Load load = new Load(replicas, key, kind);
        for (int caller = 0; caller < kind.callers(); caller++) {
            SplittableRandom random = new SplittableRandom(kind.seed() + caller);
            load.callers.add(load.threads.submit(() -> load.call(random)));
        }
        return load;
    }

    private Load(List<Replica> replicas, String key, Kind kind) {
        this.replicas = replicas;
        this.key = key;
        this.kind = kind;
        this.threads = Executors.newFixedThreadPool(kind.callers());
    }

    /** What callers have received until now. */
    List<RawCall> seen() {
        return List.copyOf(seen);
    }

    long seen(int status) {
        return seen.stream().filter(call -> call.status() == status).count();
    }

    /** Connections on which nobody answered anything, though nobody hung up. */
    int turnedAway() {
        return turnedAway.get();
    }

    /** Fails if a caller has met what must not be. */
    void requireGoingOn() {
        for (Future<?> caller : callers) {
            if (caller.isDone()) {
                end(caller);
            }
        }
    }

    /** Nobody begins another call; returns when the last is over. */
    List<RawCall> end() {
        over.set(true);
        callers.forEach(Load::end);
        return seen();
    }

    /** Whatever went wrong, nobody goes on calling. */
    @Override
    public void close() {
        over.set(true);
        threads.shutdown();
    }

    private static void end(Future<?> caller) {
        try {
            caller.get(5, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw new AssertionError("a caller failed", e.getCause());
        } catch (Exception e) {
            throw new AssertionError("a caller does not end", e);
        }
    }

    private Void call(SplittableRandom random) throws IOException {
        while (!over.get()) {
            int hangUp = random.nextInt(100) < kind.hangUpPercent() ? random.nextInt(LATEST_HANG_UP) : RawCall.NEVER;
            RawCall call = somewhere(random.nextInt(replicas.size()), Question.any(random), hangUp);
            seen.add(call);
            if (call.status() == 0 && hangUp == RawCall.NEVER) {
                turnedAway.incrementAndGet();
            }
            LockSupport.parkNanos(kind.pause().toNanos());
        }
        return null;
    }

    /** At the first that listens. */
    private RawCall somewhere(int first, Question question, int hangUp) throws IOException {
        for (long begin = System.nanoTime(); System.nanoTime() - begin < NOBODY_LISTENS.toNanos(); LockSupport.parkNanos(LOOK_AGAIN.toNanos())) {
            for (int next = 0; next < replicas.size(); next++) {
                try {
                    return at(replicas.get((first + next) % replicas.size()), question, hangUp);
                } catch (ConnectException nobodyThere) {
                    // Nothing was asked; the next one.
                }
            }
        }
        throw new AssertionError("no replica has listened for " + NOBODY_LISTENS);
    }

    private RawCall at(Replica replica, Question question, int hangUp) throws IOException {
        AtomicBoolean heard = new AtomicBoolean();
        try {
            return RawCall.play(replica.gateway(), key, question.path(), question.body(), hangUp, () -> {
                if (heard.compareAndSet(false, true)) {
                    replica.alive().incrementAndGet();
                }
            });
        } finally {
            if (heard.get()) {
                replica.alive().decrementAndGet();
            }
        }
    }
}
