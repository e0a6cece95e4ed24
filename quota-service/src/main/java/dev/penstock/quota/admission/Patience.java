package dev.penstock.quota.admission;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** In which the disk must take an intent. One thread looks after all that wait: a timer for each costs more than what it waits for. */
@Component
class Patience implements BackgroundWork {

    private static final Duration AT_MOST = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private record Waiting(CompletableFuture<?> stage, long until) {

        boolean isOver(long now) {
            return stage.isDone() || now - until >= 0;
        }
    }

    // In the order in which they began, which is that of the disk; bounded by the journal's places.
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final Rhythm rhythm = Rhythm.of("intents-in-time", LOOK_EVERY, this::look);
    private final Duration atMost;

    Patience() {
        this(AT_MOST);
    }

    Patience(Duration atMost) {
        this.atMost = atMost;
    }

    /** The same, which fails if it has not completed in time. */
    <T> CompletableFuture<T> bounded(CompletableFuture<T> stage) {
        waiting.add(new Waiting(stage, System.nanoTime() + atMost.toNanos()));
        return stage;
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    private void look() {
        for (Waiting first = waiting.peek(); first != null && first.isOver(System.nanoTime()); first = waiting.peek()) {
            waiting.remove();
            // Nearly every one has, and an exception costs more than everything else here.
            if (!first.stage().isDone()) {
                first.stage().completeExceptionally(new TimeoutException("not on disk after " + atMost));
            }
        }
    }
}
