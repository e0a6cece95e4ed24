package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Where calls wait for what takes time: asking the database, verifying a token. Bounded; who finds it full is turned away at once. What waits for the
 * database has a desk of its own: a token is verified without it.
 */
final class Desk implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A thread that nobody needs is gone after that. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ThreadPoolExecutor threads;
    private final GatewayMetrics metrics;

    /** So many at once, the others in the order they came. */
    Desk(GatewaySettings settings, GatewayMetrics metrics) {
        this("admission", settings, metrics);
    }

    /** @param name of the threads */
    Desk(String name, GatewaySettings settings, GatewayMetrics metrics) {
        this(new ThreadPoolExecutor(
                settings.admissionThreads(), settings.admissionThreads(), 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(settings.admissionQueue()),
                Thread.ofPlatform().name(name + "-", 0).daemon().factory()), metrics);
    }

    private Desk(ThreadPoolExecutor threads, GatewayMetrics metrics) {
        this.threads = threads;
        this.metrics = metrics;
    }

    /** All at once, as many as would wait otherwise: they wait for one another by themselves, and who must not wait for them passes by. */
    static Desk ofWaiting(GatewaySettings settings, GatewayMetrics metrics) {
        int most = settings.admissionThreads() + settings.admissionQueue();
        // Without a queue: whoever comes gets a thread that is free, or a new one. A queue, however short, is full for a moment when two come at
        // once, and turns the second away in front of free threads as soon as all of them have been begun.
        return new Desk(new ThreadPoolExecutor(0, most, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), Thread.ofVirtual().name("admission-", 0).factory()), metrics);
    }

    /** Runs the question on a thread of its own; the answer arrives on the event loop. Fails with what the question throws, or 503 when full. */
    <T> Future<T> submit(Context context, Supplier<T> question) {
        Promise<T> promise = Promise.promise();
        try {
            threads.execute(() -> {
                try {
                    T answer = question.get();
                    context.runOnContext(back -> promise.complete(answer));
                } catch (RuntimeException | Error e) {
                    context.runOnContext(back -> promise.fail(e));
                }
            });
        } catch (RejectedExecutionException e) {
            metrics.shed(GatewayMetrics.Full.ADMISSION_QUEUE);
            return Future.failedFuture(overloaded());
        }
        return promise.future();
    }

    int waiting() {
        return threads.getQueue().size();
    }

    static Refusal overloaded() {
        return new Refusal(OpenAiError.unavailable("overloaded", "Too many calls at once; try again shortly."), Retry.AFTER_A_SECOND);
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
