package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.db.testing.OwnServer;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.ModelLog;
import dev.penstock.simulators.model.ModelPace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** PostgreSQL goes away under a gateway that admits from what its replica holds: for a stated time it goes on, and then it refuses. */
class AllotmentOutageTest {

    /** Begins before the database has ended: long enough for that and ten calls, where others are busy too. */
    private static final Duration LIFE = Duration.ofSeconds(20);
    private static final Duration SLOT_LIFE = Duration.ofSeconds(26);
    private static final Duration BUSY = Duration.ofSeconds(60);

    private static OwnServer server;
    private static RunningService service;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        server = OwnServer.start();
        service = RunningService.on(
                server.database(), "--penstock.admission.mode=allotments", "--penstock.allotment.life=" + LIFE.toSeconds() + "s",
                "--penstock.allotment.slot-life=" + SLOT_LIFE.toSeconds() + "s", "--penstock.allotment.slots-taken-back=60s", "--penstock.allotment.read-resting=2s",
                "--penstock.keys.longest-staleness=5m", "--penstock.routes.longest-staleness=5m", "--penstock.gateway.stop-time=300ms",
                "--penstock.database.connect-timeout=1s");
        gateway = new TestGateway(service, service.bean(Gateway.class).port(), new ModelPace(Duration.ZERO, Duration.ZERO, Duration.ofMillis(20)));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        service.stop();
        server.close();
    }

    @Test
    void callsGoOnForALifeThenNoneAndAllOfThemAreInTheBooksAfterwards(TestReporter reporter) throws Exception {
        limit("TOKENS", "MONTH", 100_000_000);
        limit("REQUESTS", "MINUTE", 100_000);
        limit("CONCURRENCY", "NOW", 1_000);
        List<Reply> answered = new ArrayList<>();
        for (int call = 0; call < 60; call++) {
            answered.add(gateway.chat(TestGateway.HELLO));
        }
        assertThat(answered).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200));
        // Also of the minutes that begin while the database is away, enough for the calls below.
        await().atMost(BUSY).until(() -> service.column("""
                select count(*) from quota.replica_allotment a join quota.limit_rule l on l.tenant_id = a.tenant_id and l.id = a.limit_id
                 where l.meter = 'REQUESTS' and a.period_start > now() and a.drawn >= 30""").getFirst(), "10"::equals);

        Reply stream;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> running = callers.submit(() -> gateway.chat(TestGateway.HELLO.replace(
                    "\"max_tokens\":20", "\"stream\":true,\"max_tokens\":4000,\"min_tokens\":4000,\"ignore_eos\":true")));
            await().atMost(BUSY).until(() -> gateway.chat.log().running() == 1);
            server.stop();
            // 1. What is held goes on, and nobody waits for the database.
            long begin = System.nanoTime();
            for (int call = 0; call < 10; call++) {
                Reply reply = gateway.chat(TestGateway.HELLO);
                assertThat(reply.status()).as("call %d without a database: %s", call, reply.http().body()).isEqualTo(200);
                answered.add(reply);
            }
            reporter.publishEntry("ten calls without a database", Duration.ofNanos(System.nanoTime() - begin).toString());
            // 2. Nothing is admitted any more.
            Reply refused = await().atMost(BUSY).until(() -> gateway.chat(TestGateway.HELLO), reply -> {
                if (reply.status() == 200) {
                    answered.add(reply);
                }
                return reply.status() != 200;
            });
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("quota_backend_unavailable");
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(gateway.chat.log().entries(refused.call())).isEmpty();
            assertThat(running.isDone()).as("a stream goes on for longer").isFalse();
            // 3. What holds a slot is ended before others may take the slot.
            stream = running.get();
        }
        assertThat(stream.http().body()).contains("quota_backend_unavailable").doesNotContain("[DONE]");

        server.startAgain();
        await().atMost(BUSY).until(() -> gateway.chat(TestGateway.HELLO).status() == 200);
        for (Reply reply : answered) {
            ModelLog.Entry produced = gateway.chat.log().entries(reply.call()).getFirst();
            await().atMost(BUSY).until(() -> !gateway.rows(reply.call()).isEmpty());
            assertThat(gateway.rows(reply.call())).as("booked once, as the engine says").containsExactly("200 counted " + produced.prompt() + " " + produced.completion());
        }
        await().atMost(BUSY).until(() -> !gateway.rows(stream.call()).isEmpty());
    }

    private static void limit(String meter, String window, long amount) {
        service.send(service.admin(), "PUT", "/api/tenants/" + gateway.tenant.id() + "/limits/" + UUID.randomUUID(), """
                {"project": null, "meter": "%s", "profile": null, "window": "%s", "amount": %d, "softPercent": 80, "reason": "for a test"}""".formatted(meter, window, amount)).is(200);
    }
}
