package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.quota.RunningService;
import dev.penstock.simulators.model.EngineSettings;
import dev.penstock.simulators.model.ModelLog;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.SimModelServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Callers that read more slowly than their engine speaks. What waits for them is bounded by {@link Exchange#MOST_UNREAD}, since the engine is not
 * read either meanwhile; nobody else notices, all of them being on one event loop here.
 */
class SlowReaderTest {

    private static final String MODEL = "vision/long";
    private static final Duration IDLE = Duration.ofSeconds(6);
    private static final Duration BUSY = Duration.ofSeconds(30);
    private static final int ENDLESS = 300_000;
    private static final int EVENT = 150;
    /** The most that sockets hold on either side of the gateway, as operating systems let them grow, and still far less than an endless answer. */
    private static final int SOCKETS = 24 << 20;

    private static OwnGateway own;
    private static TestGateway gateway;
    private static SimModelServer engine;

    @BeforeAll
    static void start() {
        own = new OwnGateway("idle-time=" + IDLE.toMillis() + "ms");
        gateway = new TestGateway(RunningService.get(), own.port(), ModelPace.quick());
        engine = TestGateway.engine(EngineSettings.of("served-long").withMaxModelLen(2 * ENDLESS), ModelPace.quick());
        gateway.publishLong(MODEL, engine, ENDLESS);
    }

    @AfterAll
    static void stop() {
        own.close();
        gateway.close();
        engine.close();
    }

    @Test
    void whoDoesNotReadHoldsTheEngineBackAndNobodyElseAndIsCutInTheEnd() throws Exception {
        try (Socket socket = gateway.open(body(ENDLESS), 4 << 10)) {
            String call = header(socket.getInputStream());
            awaitStandstill(call);
            for (int others = 0; others < 5; others++) {
                assertThat(gateway.chat(TestGateway.HELLO).status()).isEqualTo(200);
            }
            assertThat(entry(call).state()).as("the engine waits").isEqualTo(ModelLog.State.RUNNING);
            await().atMost(IDLE.plus(BUSY)).until(() -> entry(call).state() == ModelLog.State.ABORTED);
            long produced = entry(call).completion();
            assertThat(produced * EVENT).as("bytes of %d tokens, all in sockets", produced).isLessThan(SOCKETS);
            String[] row = gateway.row(call).split(" ");
            assertThat(row[0] + " " + row[1]).isEqualTo("499 counted");
            assertThat(Long.parseLong(row[3])).as("at most what was produced").isBetween(1L, produced);
            await().atMost(Duration.ofSeconds(5)).until(() -> gateway.open() == 0);
        }
    }

    @Test
    void whoReadsSlowlyGetsAllOfIt() throws Exception {
        int tokens = 40_000;
        // At the service's own gateway, which waits for a minute: however busy the machine is, nobody is cut here.
        try (TestGateway patient = new TestGateway(ModelPace.quick())) {
            patient.publishLong(MODEL, engine, ENDLESS);
            readSlowly(patient, tokens);
        }
    }

    private static void readSlowly(TestGateway gateway, int tokens) throws IOException {
        try (Socket socket = gateway.open(body(tokens), 256 << 10)) {
            InputStream in = socket.getInputStream();
            String call = header(in);
            assertThat(awaitStandstill(call)).as("the engine was held back").isLessThan(tokens);
            StringBuilder heard = new StringBuilder();
            byte[] buffer = new byte[256 << 10];
            while (heard.indexOf("[DONE]", Math.max(0, heard.length() - 100)) < 0) {
                int got = in.read(buffer);
                assertThat(got).as("bytes after %d", heard.length()).isPositive();
                heard.append(new String(buffer, 0, got, StandardCharsets.ISO_8859_1));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            }
            assertThat(heard.toString().split("\"content\":\"[^\"]", -1).length - 1).isEqualTo(tokens);
            ModelLog.Entry said = entry(call);
            assertThat(gateway.row(call)).isEqualTo("200 counted " + said.prompt() + " " + said.completion());
        }
    }

    private static String body(int tokens) {
        return TestGateway.HELLO.replace(TestGateway.CHAT, MODEL)
                .replace("\"max_tokens\":20", "\"stream\":true,\"max_tokens\":" + tokens + ",\"min_tokens\":" + tokens + ",\"ignore_eos\":true");
    }

    /** Reads the head of the answer, and nothing more. @return the call's id */
    private static String header(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        assertThat(head).startsWith("HTTP/1.1 200");
        int at = head.toString().toLowerCase(Locale.ROOT).indexOf("x-request-id: ") + "x-request-id: ".length();
        return head.substring(at, head.indexOf("\r", at));
    }

    /** @return the tokens produced when the engine produced no more, being in the middle of its answer */
    private static long awaitStandstill(String call) {
        long[] before = new long[1];
        await().atMost(BUSY).pollInterval(Duration.ofMillis(400)).until(() -> {
            long now = entry(call).completion();
            boolean still = now > 0 && now == before[0];
            before[0] = now;
            return still;
        });
        return before[0];
    }

    private static ModelLog.Entry entry(String call) {
        return engine.log().entries(call).getFirst();
    }
}
