package dev.penstock.quota.audit;

import dev.penstock.frame.BackgroundThread;
import dev.penstock.frame.live.Notifications;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Takes turns for as long as the program runs: when PostgreSQL says that something was appended, and on a timer. */
final class SealLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SealLoop.class);

    private final Sealing sealing;
    private final Notifications notifications;
    private final Duration poll;
    private @Nullable BackgroundThread thread;
    private volatile boolean running;

    SealLoop(Sealing sealing, Notifications notifications, Duration poll) {
        this.sealing = sealing;
        this.notifications = notifications;
        this.poll = poll;
    }

    @Override
    public void start() {
        running = true;
        thread = BackgroundThread.start("audit-sealer", this::run);
    }

    @Override
    public void stop() {
        running = false;
        notifications.close();
        if (thread != null) {
            thread.awaitEnd();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try {
                sealing.turn();
                notifications.await(poll);
            } catch (RuntimeException e) {
                if (running) {
                    log.warn("sealing the audit trail; trying again", e);
                    notifications.pause(poll);
                }
            }
        }
    }
}
