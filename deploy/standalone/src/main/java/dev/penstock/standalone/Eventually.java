package dev.penstock.standalone;

import dev.penstock.standalone.machine.StartFailure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.web.client.RestClientException;

/** Repeats a call that fails while something else is still catching up. Only for calls that may be repeated. */
final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final CountDownLatch stopping;

    /** @param stopping counted down when trying has become pointless */
    Eventually(CountDownLatch stopping) {
        this.stopping = stopping;
    }

    /** @throws StartFailure when it still fails after half a minute */
    void succeed(String doing, Runnable call) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                call.run();
                return;
            } catch (RestClientException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw new StartFailure(doing + " failed for " + PATIENCE.toSeconds() + " s: " + e.getMessage(), e);
                }
                pause(doing);
            }
        }
    }

    private void pause(String doing) {
        try {
            if (stopping.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StartFailure("Stopped before everything was ready.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Stopped while " + doing + ".", e);
        }
    }
}
