package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.quota.gateway.wire.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** How many wait at once, and who is turned away. */
class DeskTest {

    private static final int MOST = 8;
    private static final int AT_ONCE = 2;
    private static final int ROUNDS = 500;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Desk desk = Desk.ofWaiting(
            new Binder(new MapConfigurationPropertySource(Map.of("penstock.gateway.admission-threads", "4", "penstock.gateway.admission-queue", "4")))
                    .bind("penstock.gateway", GatewaySettings.class).get(),
            new GatewayMetrics(new SimpleMeterRegistry()));

    @AfterEach
    void stop() {
        desk.close();
        vertx.close();
    }

    @Test
    void asManyAsThereIsRoomForWaitAtOnceAndOneMoreIsTurnedAway() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Future<Boolean> all = Future.all(IntStream.range(0, MOST).mapToObj(number -> desk.submit(context, () -> awaited(done))).toList()).map(true);
        assertThatThrownBy(() -> result(desk.submit(context, () -> true))).hasCauseInstanceOf(Refusal.class);
        done.countDown();
        assertThat(result(all)).isTrue();
    }

    @Test
    void nobodyIsTurnedAwayWhileThereIsRoomHoweverManyHaveComeBefore() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            CyclicBarrier together = new CyclicBarrier(AT_ONCE);
            assertThat(result(Future.all(IntStream.range(0, AT_ONCE).mapToObj(number -> desk.submit(context, () -> met(together))).toList()).map(true))).as("round " + round).isTrue();
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean met(CyclicBarrier barrier) {
        try {
            return barrier.await(10, TimeUnit.SECONDS) >= 0;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T result(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
