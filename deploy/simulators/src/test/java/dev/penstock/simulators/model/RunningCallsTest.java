package dev.penstock.simulators.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.model.ModelLog.Entry;
import dev.penstock.simulators.model.ModelLog.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Calls beside each other, calls whose callers leave, and what the log says of them. */
class RunningCallsTest {

    private static final ModelPace STEADY = new ModelPace(Duration.ZERO, Duration.ZERO, Duration.ofMillis(10));
    private static final String LONG = "{'model':'m','ignore_eos':true,'max_tokens':5000,'messages':[{'role':'user',"
            + "'content':'hi'}]";

    @TempDir
    Path folder;

    /** Reads so many events of a stream; the stream stays open. */
    private static BufferedReader begin(ModelCaller caller, String call, int events) {
        InputStream in = caller.open(ModelCaller.CHAT, LONG + ",'stream':true}", Map.of("x-request-id", call));
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        assertThat(lines.lines().filter(line -> line.startsWith("data: ")).limit(events)).hasSize(events);
        return lines;
    }

    @Test
    void theLogIsRightWhenTheCallerOfAStreamLeaves() throws Exception {
        Path file = folder.resolve("log.jsonl");
        try (SimModelServer server = SimModelServer.start(SimModelSettings.chat("m").withPace(STEADY).withLog(file))) {
            ModelCaller caller = ModelCaller.of(server);
            begin(caller, "c-1", 6).close();

            assertThat(server.log().awaitQuiet(Duration.ofSeconds(10))).isTrue();
            Entry entry = server.log().entries("c-1").getFirst();
            assertThat(entry.state()).isEqualTo(State.ABORTED);
            // Five were read after the opening; how many more were made until the server noticed is its to say.
            assertThat(entry.completion()).isBetween(5L, 1000L);
            assertThat(caller.get("/metrics").text()).contains("finished_reason=\"abort\"} 1.0",
                    "vllm:generation_tokens_total{engine=\"0\",model_name=\"m\"} " + (double) entry.completion());

            List<JsonNode> lines = Files.readAllLines(file).stream().map(Json.MAPPER::readTree).toList();
            assertThat(lines.getFirst().path("call").asString("")).isEqualTo("c-1");
            assertThat(Json.text(lines.getLast(), "event")).isEqualTo("aborted");
            assertThat(lines.getLast().path("completion").asLong(0)).isEqualTo(entry.completion());
            assertThat(lines).hasSize((int) entry.completion() + 3);
            assertThat(Files.readString(file)).doesNotContain("content").doesNotContain("simulated");
        }
    }

    @Test
    void aCallerWhoLeavesBeforeAWholeAnswerEndsItToo() throws Exception {
        try (SimModelServer server = SimModelServer.start(SimModelSettings.chat("m").withPace(STEADY));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            ModelCaller caller = ModelCaller.of(server);
            Future<?> call = callers.submit(() -> caller.post(ModelCaller.CHAT, LONG + "}", Map.of("x-request-id", "c-1")));
            await(server, 1, State.RUNNING);

            call.cancel(true);

            assertThat(server.log().awaitQuiet(Duration.ofSeconds(10))).isTrue();
            assertThat(server.log().entries("c-1").getFirst().state()).isEqualTo(State.ABORTED);
        }
    }

    @Test
    void whoFindsNoPlaceWaitsAndMayLeaveWithoutHavingCostAnything() throws Exception {
        SimModelSettings settings = SimModelSettings.chat("m").withPace(STEADY)
                .withEngine(EngineSettings.of("m").withMaxNumSeqs(1));
        try (SimModelServer server = SimModelServer.start(settings);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            ModelCaller caller = ModelCaller.of(server);
            BufferedReader first = begin(caller, "first", 2);
            Future<?> waiting =
                    callers.submit(() -> caller.post(ModelCaller.CHAT, LONG + "}", Map.of("x-request-id", "leaves")));
            Future<ModelCaller.Answer> patient = callers.submit(() ->
                    caller.post(ModelCaller.CHAT, "{'model':'m','max_tokens':1,'messages':[]}", Map.of("x-request-id", "stays")));
            await(server, 3, State.RUNNING);
            assertThat(caller.get("/metrics").text()).contains("vllm:num_requests_running{engine=\"0\",model_name=\"m\"} 1.0");

            waiting.cancel(true);
            await(server, 1, State.ABORTED);
            assertThat(server.log().entries("leaves").getFirst()).satisfies(entry -> {
                assertThat(entry.prompt()).isZero();
                assertThat(entry.completion()).isZero();
            });
            first.close();
            assertThat(patient.get().status()).isEqualTo(200);
        }
    }

    @Test
    void aConnectionCarriesOneCallAfterTheOtherAlsoAfterStreams() throws Exception {
        try (SimModelServer server = SimModelServer.start(SimModelSettings.chat("m"));
                Socket socket = new Socket("127.0.0.1",
                        URI.create(server.url()).getPort())) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String stream : List.of("true", "false", "true")) {
                String body = "{\"stream\":" + stream + ",\"max_tokens\":2,\"messages\":[]}";
                socket.getOutputStream().write(("POST /v1/chat/completions HTTP/1.1\r\nHost: m\r\nContent-Type: application/json"
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
                assertThat(in.readLine()).startsWith("HTTP/1.1 200");
                readAnswer(in, stream.equals("true"));
            }
            assertThat(server.log().entries()).extracting(Entry::state)
                    .containsExactly(State.FINISHED, State.FINISHED, State.FINISHED);
        }
    }

    private static void readAnswer(BufferedReader in, boolean chunked) throws IOException {
        int length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            length = line.startsWith("Content-Length: ") ? Integer.parseInt(line.substring(16)) : length;
        }
        if (chunked) {
            String line = in.readLine();
            while (!line.equals("0")) {
                line = in.readLine();
            }
            in.readLine();
        } else {
            assertThat(in.skip(length)).isEqualTo(length);
        }
    }

    @Test
    void aPromptReadBeforeIsNotComputedAgainForTheSameSalt() throws Exception {
        SimModelSettings settings = SimModelSettings.chat("m").withEngine(EngineSettings.of("m").withPrefixCaching());
        try (SimModelServer server = SimModelServer.start(settings)) {
            ModelCaller caller = ModelCaller.of(server);
            String shared = "four".repeat(40);
            List<Integer> cached = new ArrayList<>();
            for (String[] salted : new String[][] {{"a", "one"}, {"a", "one"}, {"a", "two"}, {"b", "one"}}) {
                JsonNode usage = caller.post(ModelCaller.CHAT, "{'model':'m','max_tokens':1,'cache_salt':'" + salted[0]
                        + "','messages':[{'role':'system','content':'" + shared + "'},{'role':'user','content':'" + salted[1]
                        + "'}]}").body().path("usage");
                assertThat(usage.path("prompt_tokens").asInt(0)).isEqualTo(52);
                cached.add(usage.path("prompt_tokens_details").path("cached_tokens").asInt(0));
            }
            // Blocks of sixteen: of 52 tokens three whole ones, of which the last holds what is asked; 44 stand before it.
            assertThat(cached).containsExactly(0, 48, 32, 0);
            assertThat(server.log().entries()).extracting(Entry::cached).containsExactly(0L, 48L, 32L, 0L);
        }
    }

    @Test
    void aServerThatStopsTellsHowFarItsCallsHadCome() throws Exception {
        Path file = folder.resolve("log.jsonl");
        SimModelServer server = SimModelServer.start(SimModelSettings.chat("m").withPace(STEADY).withLog(file));
        try (BufferedReader open = begin(ModelCaller.of(server), "c-1", 2)) {
            server.close();
            assertThat(Json.text(Json.MAPPER.readTree(Files.readAllLines(file).getLast()), "event")).isEqualTo("aborted");
        } catch (IOException cut) {
            assertThat(cut).isNotNull();
        }
    }

    private static void await(SimModelServer server, int calls, State state) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (server.log().entries().stream().filter(entry -> entry.state() == state).count() < calls) {
            assertThat(System.nanoTime()).as("%s calls %s", calls, state).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
