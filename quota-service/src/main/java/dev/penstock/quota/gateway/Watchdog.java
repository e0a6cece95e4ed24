package dev.penstock.quota.gateway;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Barks when nothing was heard for a time. Hearing costs no timer: one that rings too early is set anew for the rest. */
final class Watchdog {

    private final Vertx vertx;
    private final Runnable bark;
    private long limitNanos;
    private long heard;
    private long timer = -1;

    Watchdog(Vertx vertx, Runnable bark) {
        this.vertx = vertx;
        this.bark = bark;
    }

    /** From now on, at least every {@code within}. */
    void expect(Duration within) {
        stop();
        limitNanos = within.toNanos();
        hear();
        sleep(limitNanos);
    }

    void hear() {
        heard = System.nanoTime();
    }

    void stop() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }

    private void sleep(long nanos) {
        timer = vertx.setTimer(Math.max(1, nanos / 1_000_000), rung -> {
            timer = -1;
            long left = limitNanos - (System.nanoTime() - heard);
            if (left > 0) {
                sleep(left);
            } else {
                bark.run();
            }
        });
    }
}
