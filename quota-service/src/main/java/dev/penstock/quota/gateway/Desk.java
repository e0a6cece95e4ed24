package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Where calls wait for what takes time: asking the database, verifying a token. Bounded; who finds it full is turned away at once. What waits for the
 * database has a desk of its own: a token is verified without it.
 */
final class Desk implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ThreadPoolExecutor threads;
    private final GatewayMetrics metrics;

    /** So many at once, the others in the order they came. */
    Desk(GatewaySettings settings, GatewayMetrics metrics) {
        this("admission", settings, metrics);
    }

    /** @param name of the threads */
    Desk(String name, GatewaySettings settings, GatewayMetrics metrics) {
        this(settings.admissionThreads(), settings.admissionQueue(), Thread.ofPlatform().name(name + "-", 0).daemon().factory(), metrics);
    }

    private Desk(int atOnce, int queue, ThreadFactory factory, GatewayMetrics metrics) {
        this.threads = new ThreadPoolExecutor(atOnce, atOnce, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), factory);
        this.metrics = metrics;
    }

    /** All at once, as many as would wait otherwise: they wait for one another by themselves, and who must not wait for them passes by. */
    static Desk ofWaiting(GatewaySettings settings, GatewayMetrics metrics) {
        return new Desk(settings.admissionThreads() + settings.admissionQueue(), 1, Thread.ofVirtual().name("admission-", 0).factory(), metrics);
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
            metrics.shed("admission-queue");
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
