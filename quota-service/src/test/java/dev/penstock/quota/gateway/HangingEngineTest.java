package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.ModelLog;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.fault.ModelFault;
import dev.penstock.simulators.model.fault.UsageLie;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An engine that says nothing more, or never ends: its caller waits for a bounded time and is told, the engine is hung up on, and the attempt is in
 * the books. In the rows P and C are what the engine really produced, by its own log; B is the bound that was set aside for the prompt.
 */
class HangingEngineTest {

    private static final Duration FIRST_BYTE = Duration.ofMillis(400);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration TOTAL = Duration.ofMillis(1_500);
    /** What everything else may take on a busy machine. */
    private static final Duration BUSY = Duration.ofSeconds(4);
    private static final Duration NEVER = Duration.ofHours(1);

    private static OwnGateway own;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        own = new OwnGateway("first-byte-time=" + FIRST_BYTE.toMillis() + "ms", "idle-time=" + IDLE.toMillis() + "ms", "total-time=" + TOTAL.toMillis() + "ms");
        gateway = new TestGateway(RunningService.get(), own.port(), ModelPace.quick());
    }

    @AfterAll
    static void stop() {
        own.close();
        gateway.close();
    }

    @AfterEach
    void allIsWellAgainAndNothingIsReserved() {
        gateway.isWellAgainAndNothingIsReserved();
    }

    static Stream<Arguments> hangs() {
        ModelFault late = new ModelFault.Slow(NEVER, Duration.ZERO);
        ModelFault endless = new ModelFault.Slow(Duration.ZERO, Duration.ofMillis(50));
        ModelFault uncounted = new ModelFault.Usage(UsageLie.ABSENT);
        return Stream.of(
                Arguments.of("whole, no head", List.of(late), false, FIRST_BYTE, 504, "504 estimated 0 0", "timed-out B 0"),
                Arguments.of("whole, worked and not said", List.of(new ModelFault.Hang(0)), false, FIRST_BYTE, 504, "504 estimated 0 0", "timed-out B 0"),
                Arguments.of("whole, too slow", List.of(endless), false, FIRST_BYTE, 504, "504 estimated 0 0", "timed-out B 0"),
                Arguments.of("stream, no head", List.of(late), true, FIRST_BYTE, 504, "504 estimated 0 0", "timed-out B 0"),
                Arguments.of("stream, head and no event", List.of(new ModelFault.Hang(0)), true, IDLE, 504, "504 estimated 0 0", "timed-out B 0"),
                Arguments.of("stream, in the middle", List.of(new ModelFault.Hang(4)), true, IDLE, 200, "200 counted P .*", ""),
                Arguments.of("stream, in the middle, uncounted", List.of(uncounted, new ModelFault.Hang(4)), true, IDLE, 200, "200 estimated B .*", ""),
                Arguments.of("stream, without end", List.of(endless), true, TOTAL, 200, "200 counted P .*", ""),
                Arguments.of("stream, without end, uncounted", List.of(uncounted, endless), true, TOTAL, 200, "200 estimated B .*", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hangs")
    void isBoundedToldAndSettled(String how, List<ModelFault> faults, boolean stream, Duration bound, int status, String row, String loss) {
        faults.forEach(gateway.chat.faults()::add);
        long begin = System.nanoTime();
        Reply reply = gateway.chat(TestGateway.HELLO.replace("\"max_tokens\":20", "\"stream\":" + stream + ",\"max_tokens\":100,\"ignore_eos\":true"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(bound, bound.plus(BUSY));

        assertThat(reply.status()).as(reply.http().body()).isEqualTo(status);
        if (status == 504) {
            assertThat(reply.json().path("error").path("type").asString()).isEqualTo("server_error");
            assertThat(reply.header("retry-after")).isEqualTo("1");
        } else {
            assertThat(reply.http().body()).contains("\"content\"").doesNotContain("[DONE]");
            assertThat(last(reply)).startsWith("data: {\"error\":{").contains("did not answer in time", "server_error");
        }
        ModelLog.Entry produced = await().atMost(Duration.ofSeconds(5)).until(
                () -> gateway.chat.log().entries(reply.call()).getFirst(), entry -> entry.state() != ModelLog.State.RUNNING);
        assertThat(produced.state()).as("it is hung up on").isEqualTo(ModelLog.State.ABORTED);
        String found = gateway.row(reply.call());
        assertThat(found).matches(filled(reply, row, produced));
        assertThat(gateway.loss(reply.call())).isEqualTo(filled(reply, loss, produced));
        long output = Long.parseLong(found.substring(found.lastIndexOf(' ') + 1));
        assertThat(output).isBetween(contents(reply), 100L);
        if (found.contains("counted")) {
            assertThat(output).isLessThanOrEqualTo(produced.completion());
        }
    }

    private static String last(Reply reply) {
        String[] events = reply.http().body().strip().split("\n\n");
        return events[events.length - 1];
    }

    private static long contents(Reply reply) {
        return reply.http().body().split("\"content\":\"[^\"]", -1).length - 1;
    }

    private static String filled(Reply reply, String row, ModelLog.Entry produced) {
        String bound = RunningService.get().column("select input from quota.intent where call_id = '" + reply.call() + "'").getFirst();
        return row.replace("B", bound).replace("P", "" + produced.prompt());
    }
}
