package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.simulators.model.ModelLog;
import dev.penstock.simulators.model.ModelPace;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that go away: what was delivered is in the ledger, what was not produced is not: {@code delivered <= ledger <= produced}. */
class ClientGoneTest {

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new TestGateway(new ModelPace(Duration.ZERO, Duration.ofMillis(200), Duration.ofMillis(10)));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void whoLeavesAStreamPaysWhatTheyWereSentAndTheEngineStops() throws Exception {
        String[] call = new String[1];
        int delivered = leaveAfter(6, 2_000, call);
        String[] row = gateway.row(call[0]).split(" ");
        ModelLog.Entry produced = awaitEnd(call[0]);
        assertThat(produced.state()).isEqualTo(ModelLog.State.ABORTED);
        assertThat(row[0]).isEqualTo("499");
        assertThat(row[1]).isEqualTo("counted");
        assertThat(Long.parseLong(row[2])).isEqualTo(produced.prompt());
        assertThat(Long.parseLong(row[3])).isBetween((long) delivered, produced.completion());
        assertThat(produced.completion()).isLessThan(2_000);
        await().atMost(Duration.ofSeconds(5)).until(() -> gateway.open() == 0);
    }

    /** Before the engine has said anything, it is listened to until it says what it read. */
    @Test
    void whoLeavesBeforeTheFirstTokenIsSettledByWhatTheEngineCounts() throws Exception {
        int before = gateway.calls().size();
        try (Socket socket = send(2_000, true)) {
            await().atMost(Duration.ofSeconds(5)).until(() -> gateway.calls().size() > before);
        }
        String call = gateway.calls().getLast();
        String[] row = gateway.row(call).split(" ");
        ModelLog.Entry produced = awaitEnd(call);
        assertThat(row[0]).isEqualTo("499");
        assertThat(row[1]).isEqualTo("counted");
        assertThat(Long.parseLong(row[3])).isLessThanOrEqualTo(produced.completion());
        await().atMost(Duration.ofSeconds(5)).until(() -> gateway.open() == 0);
    }

    @Test
    void whoLeavesAWholeAnswerPaysForItWhenItIsCompletedSoon() throws Exception {
        int before = gateway.calls().size();
        try (Socket socket = send(10, false)) {
            await().atMost(Duration.ofSeconds(5)).until(() -> gateway.calls().size() > before);
        }
        String call = gateway.calls().getLast();
        ModelLog.Entry produced = awaitEnd(call);
        assertThat(produced.state()).isEqualTo(ModelLog.State.FINISHED);
        assertThat(gateway.row(call)).isEqualTo("499 counted " + produced.prompt() + " " + produced.completion());
    }

    private static ModelLog.Entry awaitEnd(String call) {
        return await().atMost(Duration.ofSeconds(10)).until(
                () -> gateway.chat.log().entries(call).stream().findFirst().orElse(null), entry -> entry != null && entry.state() != ModelLog.State.RUNNING);
    }

    /** @return how many chunks with content were read */
    private static int leaveAfter(int chunks, int maxTokens, String[] call) throws IOException {
        try (Socket socket = send(maxTokens, true)) {
            InputStream in = socket.getInputStream();
            StringBuilder read = new StringBuilder();
            while (contents(read) < chunks) {
                int b = in.read();
                assertThat(b).as("ended early: %s", read).isNotNegative();
                read.append((char) b);
            }
            String head = read.toString().toLowerCase(java.util.Locale.ROOT);
            int at = head.indexOf("x-request-id: ") + "x-request-id: ".length();
            call[0] = head.substring(at, head.indexOf('\r', at));
            return contents(read) - 1;
        }
    }

    private static int contents(StringBuilder read) {
        return read.toString().split("\"content\":\"[^\"]", -1).length - 1;
    }

    private static Socket send(int maxTokens, boolean stream) throws IOException {
        String body = TestGateway.HELLO.replace("\"max_tokens\":20", "\"stream\":" + stream + ",\"max_tokens\":" + maxTokens + ",\"min_tokens\":" + maxTokens + ",\"ignore_eos\":true");
        return gateway.open(body, 64 << 10);
    }
}
