package dev.penstock.bench.subject;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what has been started to be of use. */
final class Patience {

    private static final Duration LONGEST = Duration.ofSeconds(180);
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(ANSWER).build();

    private Patience() {}

    /** Until it holds, as long as the process lives. */
    static void await(String what, Child child, BooleanSupplier holds) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!holds.getAsBoolean()) {
            child.requireAlive();
            if (System.nanoTime() - end > 0) {
                throw new BenchFailure(what + " did not come within " + LONGEST.toSeconds() + " s: " + child + "'s log may say why.");
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    /** Until it answers a GET with 200. */
    static void awaitAnswer(Child child, URI address) {
        await(child + "'s answer at " + address, child, () -> answers(address));
    }

    private static boolean answers(URI address) {
        try {
            return HTTP.send(HttpRequest.newBuilder(address).timeout(ANSWER).build(), HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("Stopped.", e);
        }
    }
}
