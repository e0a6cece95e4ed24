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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** PostgreSQL is stopped and started again under a running service; then the service itself is stopped with a stream alive. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DatabaseRestartTest {

    private static final Duration STALEST = Duration.ofSeconds(3);
    private static final Duration BUSY = Duration.ofSeconds(20);

    private static OwnServer server;
    private static RunningService service;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        server = OwnServer.start();
        service = RunningService.on(
                server.database(), "--penstock.keys.longest-staleness=" + STALEST.toSeconds() + "s", "--penstock.gateway.stop-time=300ms",
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
    @Order(1)
    void whatRunsGoesOnNothingNewIsForwardedAndAllOfItIsInTheBooksAfterwards() throws Exception {
        List<Reply> refused = new ArrayList<>();
        Reply stream;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> running = callers.submit(() -> gateway.chat(stream(100)));
            await().atMost(BUSY).until(() -> gateway.chat.log().running() == 1);
            server.stop();
            // 1. Nobody can say whether they may spend.
            refused.add(gateway.chat(TestGateway.HELLO));
            // 2. What was admitted before goes on to its end.
            stream = running.get();
            // 3. Nobody can say any more who they are: the copy of keys is older than it may be.
            await().atMost(BUSY).until(() -> {
                refused.add(gateway.chat(TestGateway.HELLO));
                return refused.getLast().message().contains("could not be read for too long");
            });
        }
        assertThat(refused.getLast().message()).containsPattern("What is known is \\d+ s old and is trusted for \\d+ s\\.$");
        assertThat(refused.getFirst().message()).contains("Whether you may spend could not be found out");
        assertThat(refused).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.code()).isEqualTo("quota_backend_unavailable");
            assertThat(reply.header("retry-after")).isEqualTo("1");
            assertThat(reply.message()).contains("nothing was forwarded");
            assertThat(gateway.chat.log().entries(reply.call())).isEmpty();
        });
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.http().body()).contains("[DONE]");

        server.startAgain();
        await().atMost(BUSY).until(() -> gateway.chat(TestGateway.HELLO).status() == 200);
        ModelLog.Entry produced = gateway.chat.log().entries(stream.call()).getFirst();
        assertThat(gateway.row(stream.call())).isEqualTo("200 counted " + produced.prompt() + " " + produced.completion());
        await().atMost(BUSY).until(() -> gateway.open() == 0);
        for (ModelLog.Entry entry : gateway.chat.log().entries()) {
            assertThat(gateway.rows(entry.call())).as("booked once, as the engine says").containsExactly("200 counted " + entry.prompt() + " " + entry.completion());
        }
    }

    /** The data path stops before what settles: when the program is gone, nothing is open. */
    @Test
    @Order(2)
    void aServiceThatStopsLeavesNothingOpen() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> running = callers.submit(() -> gateway.chat(stream(4_000)));
            await().atMost(BUSY).until(() -> gateway.chat.log().running() == 1);
            service.stop();
            assertThat(gateway.open()).isZero();
            assertThat(running.get().http().body()).contains("shutting_down");
            assertThat(gateway.rows(running.get().call())).singleElement().asString().startsWith("200 counted ");
        }
    }

    private static String stream(int tokens) {
        return TestGateway.HELLO.replace("\"max_tokens\":20", "\"stream\":true,\"max_tokens\":" + tokens + ",\"min_tokens\":" + tokens + ",\"ignore_eos\":true");
    }
}
