package dev.penstock.quota.allotment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnTest {

    private static final Duration LATEST = Duration.ofSeconds(20);

    @Test
    void callersWaitForOneAnotherInBoundedNumber() throws Exception {
        Turn turn = new Turn(2, LATEST);
        assertThat(turn.take()).isTrue();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> second = threads.submit(turn::take);
            await().atMost(LATEST).until(() -> turn.waiting() == 1);
            Future<Boolean> third = threads.submit(turn::take);
            await().atMost(LATEST).until(() -> turn.waiting() == 2);
            assertThat(turn.take()).as("two wait already").isFalse();
            turn.leave();
            assertThat(second.get()).isTrue();
            turn.leave();
            assertThat(third.get()).isTrue();
            turn.leave();
        }
        assertThat(turn.waiting()).isZero();
    }

    @Test
    void whoWaitsInVainTakesNothing() {
        Turn turn = new Turn(10, Duration.ofMillis(20));
        assertThat(turn.takeAhead()).isTrue();
        assertThat(turn.take()).isFalse();
        assertThat(turn.takeAhead()).isFalse();
        turn.leaveAhead();
        assertThat(turn.take()).isTrue();
        assertThat(turn.take()).isFalse();
        turn.leave();
        assertThat(turn.take()).isTrue();
    }

    @Test
    void whoKeepsThingsFreshComesBeforeAllCallersButTheFirst() throws Exception {
        Turn turn = new Turn(100, LATEST);
        assertThat(turn.take()).isTrue();
        AtomicBoolean read = new AtomicBoolean();
        Thread reader = Thread.ofVirtual().start(() -> read.set(turn.takeAhead()));
        await().atMost(LATEST).until(() -> reader.getState() == Thread.State.TIMED_WAITING);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> callers = IntStream.range(0, 50).mapToObj(caller -> threads.submit(turn::take)).toList();
            await().atMost(LATEST).until(() -> turn.waiting() == 50);
            turn.leave();
            reader.join();
            assertThat(read).isTrue();
            assertThat(callers).noneMatch(Future::isDone);
            turn.leaveAhead();
            for (int caller = 1; caller <= callers.size(); caller++) {
                int done = caller;
                await().atMost(LATEST).pollInterval(Duration.ofMillis(2)).until(() -> callers.stream().filter(Future::isDone).count() == done);
                turn.leave();
            }
        }
    }
}
