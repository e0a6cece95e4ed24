package dev.penstock.simulators.model;

import dev.penstock.simulators.http.Exchange;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether the caller is still there; waiting is done here, so that every wait ends when the caller leaves. */
final class Presence {

    /** The caller has left. */
    static final class Gone extends IOException {

        private static final long serialVersionUID = 1L;
    }

    private final CountDownLatch left = new CountDownLatch(1);

    private Presence() {
    }

    static Presence of(Exchange exchange) {
        Presence presence = new Presence();
        exchange.whenGone(presence.left::countDown);
        return presence;
    }

    void check() throws Gone {
        if (left.getCount() == 0) {
            throw new Gone();
        }
    }

    /** Lets that time pass. */
    void pause(Duration duration) throws Gone, InterruptedException {
        if (left.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new Gone();
        }
    }

    /** Waits until the caller leaves. */
    void outlast() throws Gone, InterruptedException {
        left.await();
        throw new Gone();
    }
}
