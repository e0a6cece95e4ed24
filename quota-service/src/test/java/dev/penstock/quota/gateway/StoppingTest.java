package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.ModelLog;
import dev.penstock.simulators.model.ModelPace;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A gateway that stops with calls under way: they go on for a stated time, what is left is ended and told so, and each is in the books as it was. */
class StoppingTest {

    private static final Duration STOP = Duration.ofSeconds(6);
    private static final Duration BUSY = Duration.ofSeconds(30);

    private static final int ROUNDS = 20;
    private static final int CALLERS = 24;
    private static final int BUFFER = 64 << 10;
    private static final Pattern HEAD = Pattern.compile(
            "HTTP/1.1 200 .*?x-request-id: (?<call>[^\r]+)\r\n.*?content-length: (?<length>\\d+)\r\n.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    @Test
    void callsUnderWayGoOnForATimeThenEndEachWithItsSettlement() throws Exception {
        try (OwnGateway own = new OwnGateway("stop-time=" + STOP.toMillis() + "ms");
                TestGateway gateway = new TestGateway(RunningService.get(), own.port(), new ModelPace(Duration.ZERO, Duration.ZERO, Duration.ofMillis(10)));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> brief = callers.submit(() -> gateway.chat(body(true, 40)));
            Future<Reply> stream = callers.submit(() -> gateway.chat(body(true, 4_000)));
            Future<Reply> whole = callers.submit(() -> gateway.chat(body(false, 4_000)));
            await().atMost(BUSY).until(() -> gateway.chat.log().entries().stream().filter(entry -> entry.completion() > 0).count() == 3);
            long begin = System.nanoTime();
            own.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(STOP, STOP.plus(BUSY));

            assertThatThrownBy(() -> gateway.chat(TestGateway.HELLO)).as("it takes no more").hasCauseInstanceOf(ConnectException.class);
            assertThat(brief.get().http().body()).as("it had the time to end").contains("[DONE]");
            assertThat(row(gateway, brief.get())).isEqualTo("200 counted P C");
            assertThat(stream.get().http().body()).as("cut off in the middle, and told").contains("\"content\"", "shutting_down").doesNotContain("[DONE]");
            assertThat(row(gateway, stream.get())).startsWith("200 counted P ");
            assertThat(whole.get().status()).isEqualTo(503);
            assertThat(whole.get().code()).isEqualTo("shutting_down");
            assertThat(whole.get().header("retry-after")).isEqualTo("1");
            assertThat(row(gateway, whole.get())).as("nobody got anything of it").isEqualTo("503 estimated 0 0");
            assertThat(gateway.loss(whole.get().call())).startsWith("shut-down ");
            await().atMost(BUSY).until(() -> gateway.open() == 0 && gateway.chat.log().running() == 0);
            for (Reply reply : new Reply[] {stream.get(), whole.get()}) {
                assertThat(gateway.chat.log().entries(reply.call()).getFirst().state()).isEqualTo(ModelLog.State.ABORTED);
            }
        }
    }

    /** Whose connection is taken is answered to the end, also when it is taken while the gateway stops; whose is not, for that nothing is worked on. */
    @Test
    void whoeverComesWhileItStopsIsAnsweredOrWasNeverHeard() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (OwnGateway own = new OwnGateway();
                    TestGateway gateway = new TestGateway(RunningService.get(), own.port(), new ModelPace(Duration.ZERO, Duration.ZERO, Duration.ofMillis(1)));
                    ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
                Set<String> answered = ConcurrentHashMap.newKeySet();
                List<Future<Void>> calling = Stream.generate(() -> callers.submit(() -> callUntilNobodyListens(gateway, answered))).limit(CALLERS).toList();
                await().atMost(BUSY).until(() -> answered.size() > CALLERS);
                own.stop();
                for (Future<Void> caller : calling) {
                    caller.get();
                }
                assertThat(gateway.chat.log().entries()).extracting(ModelLog.Entry::call)
                        .as("worked on, and by whom it was heard, in round %d", round).containsExactlyInAnyOrderElementsOf(answered);
            }
        }
    }

    private static Void callUntilNobodyListens(TestGateway gateway, Set<String> answered) throws IOException {
        while (true) {
            try (Socket socket = gateway.open(TestGateway.HELLO, BUFFER)) {
                Optional<String> call = whole(socket.getInputStream());
                call.ifPresent(answered::add);
            } catch (ConnectException nobodyListens) {
                return null;
            } catch (SocketException closed) {
                // Before a byte of an answer had come: nothing was asked.
            }
        }
    }

    /** The call's id, once all of its answer has arrived; empty if the connection was closed without a word. */
    private static Optional<String> whole(InputStream in) throws IOException {
        StringBuilder said = new StringBuilder();
        while (said.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                assertThat(said.toString()).as("an answer that was cut off").isEmpty();
                return Optional.empty();
            }
            said.append((char) next);
        }
        Matcher head = HEAD.matcher(said);
        assertThat(head.matches()).as(said.toString()).isTrue();
        int length = Integer.parseInt(head.group("length"));
        assertThat(in.readNBytes(length)).as("bytes of an answer").hasSize(length);
        return Optional.of(head.group("call"));
    }

    private static String body(boolean stream, int tokens) {
        return TestGateway.HELLO.replace("\"max_tokens\":20", "\"stream\":" + stream + ",\"max_tokens\":" + tokens + ",\"min_tokens\":" + tokens + ",\"ignore_eos\":true");
    }

    private static String row(TestGateway gateway, Reply reply) {
        ModelLog.Entry produced = gateway.chat.log().entries(reply.call()).getFirst();
        return gateway.row(reply.call()).replace(" counted " + produced.prompt() + " ", " counted P ").replaceFirst(" " + produced.completion() + "$", " C");
    }
}
