package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.quota.apikey.KeyScope;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.grant.Holder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Too much at once is turned away at once, and comes in again when there is room. */
class SheddingTest {

    private static final GatewaySettings SMALL = new Binder(new MapConfigurationPropertySource(Map.of(
                    "penstock.gateway.admission-threads", "1", "penstock.gateway.admission-queue", "1", "penstock.gateway.most-calls", "2",
                    "penstock.gateway.most-calls-per-holder", "1")))
            .bindOrCreate("penstock.gateway", GatewaySettings.class);

    @Test
    void whoFindsTheDeskFullIsTurnedAway() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Vertx vertx = Vertx.vertx();
        try (Desk desk = new Desk(SMALL, new GatewayMetrics(registry))) {
            CountDownLatch free = new CountDownLatch(1);
            Future<Boolean> served = desk.submit(vertx.getOrCreateContext(), () -> passed(free));
            await().atMost(Duration.ofSeconds(5)).until(() -> desk.waiting() == 0);
            Future<Boolean> waits = desk.submit(vertx.getOrCreateContext(), () -> true);
            Future<Boolean> turnedAway = desk.submit(vertx.getOrCreateContext(), () -> true);
            assertThat(turnedAway.failed()).isTrue();
            assertThat(turnedAway.cause()).isInstanceOfSatisfying(Refusal.class, refusal -> {
                assertThat(refusal.error().status()).isEqualTo(503);
                assertThat(refusal.headers()).containsEntry("retry-after", "1");
            });
            assertThat(registry.counter("penstock.gateway.shed", "reason", "admission-queue").count()).isEqualTo(1);
            free.countDown();
            await().atMost(Duration.ofSeconds(5)).until(() -> served.succeeded() && waits.succeeded());
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    @Test
    void whatTheQuestionThrowsIsTheAnswer() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (Desk desk = new Desk(SMALL, new GatewayMetrics(new SimpleMeterRegistry()))) {
            Future<Boolean> failed = desk.submit(vertx.getOrCreateContext(), () -> {
                throw new IllegalStateException("no");
            });
            await().atMost(Duration.ofSeconds(5)).until(failed::failed);
            assertThat(failed.cause()).hasMessage("no");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    @Test
    void callsAtOnceAreBoundedInAllAndForEach() {
        Live live = new Live(SMALL);
        assertThat(live.enter()).isTrue();
        assertThat(live.enter()).isTrue();
        assertThat(live.enter()).isFalse();
        live.leave();
        assertThat(live.enter()).isTrue();
        Holder holder = new Holder(new TenantId(new UUID(1, 1)), new ProjectId(new UUID(1, 2)), new KeyId(new UUID(1, 3)), null, null, KeyScope.ANY);
        Holder other = new Holder(new TenantId(new UUID(1, 1)), new ProjectId(new UUID(1, 2)), new KeyId(new UUID(1, 4)), null, null, KeyScope.ANY);
        live.enter(holder);
        assertThatThrownBy(() -> live.enter(holder)).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.error().code()).isEqualTo("rate_limit_exceeded"));
        live.enter(other);
        live.leave(holder);
        live.enter(holder);
        assertThat(live.awaitQuiet(Duration.ofMillis(10))).isFalse();
    }

    private static boolean passed(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
