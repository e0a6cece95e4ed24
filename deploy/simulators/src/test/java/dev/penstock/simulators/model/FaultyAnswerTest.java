package dev.penstock.simulators.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.model.ModelCaller.Answer;
import dev.penstock.simulators.model.ModelCaller.Stream;
import dev.penstock.simulators.model.ModelLog.Entry;
import dev.penstock.simulators.model.ModelLog.State;
import dev.penstock.simulators.model.fault.ModelFault;
import dev.penstock.simulators.model.fault.ModelFaults;
import dev.penstock.simulators.model.fault.ModelFaults.Match;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Whatever a caller is told, the log tells the truth. */
class FaultyAnswerTest {

    private static final String FAULTS = "/simulator/faults";
    private static final Map<String, String> CALL = Map.of("x-request-id", "c-1");
    /** Twelve tokens of prompt, five of answer: with the opening and the usage at the end, seven events. */
    private static final String STREAM = "{'model':'m','max_tokens':5,'stream':true,'stream_options':{'include_usage':true},"
            + "'messages':[{'role':'user','content':'Say hello, please'}]}";
    private static final String WHOLE =
            "{'model':'m','max_tokens':5,'messages':[{'role':'user','content':'Say hello, please'}]}";

    private SimModelServer server;
    private ModelCaller caller;

    @BeforeEach
    void start() throws IOException {
        server = SimModelServer.start(SimModelSettings.chat("m"));
        caller = ModelCaller.of(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void fault(String json) {
        assertThat(caller.post(FAULTS, json).status()).isEqualTo(201);
    }

    private Entry logged() throws InterruptedException {
        assertThat(server.log().awaitQuiet(Duration.ofSeconds(10))).isTrue();
        return server.log().entries("c-1").getFirst();
    }

    private void assertProduced(State state, long completion) throws InterruptedException {
        Entry entry = logged();
        assertThat(entry.state()).isEqualTo(state);
        assertThat(entry.prompt()).isEqualTo(12);
        assertThat(entry.completion()).isEqualTo(completion);
    }

    /** Lies, and the numbers of input and output the last usage of a stream and that of a whole answer then have. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            zero     | 0                   | 0
            negative | -7                  | -7
            huge     | 9223372036854775808 | 9223372036854775808
            over     | 12                  | 1005
            words    | some                | many
            fraction | 1.5                 | 2.5
            """)
    void liesAboutUsageAreToldButNotLogged(String lie, String input, String output) throws InterruptedException {
        fault("{'fault':'usage','lie':'" + lie + "'}");

        JsonNode streamed = caller.stream(ModelCaller.CHAT, STREAM, CALL).usages().getLast();
        JsonNode whole = caller.post(ModelCaller.CHAT, WHOLE).body().path("usage");

        for (JsonNode usage : List.of(streamed, whole)) {
            assertThat(Json.text(usage, "prompt_tokens")).isEqualTo(input);
            assertThat(Json.text(usage, "completion_tokens")).isEqualTo(output);
        }
        assertProduced(State.FINISHED, 5);
    }

    @Test
    void usageCanBeAbsentThoughItWasAskedFor() throws InterruptedException {
        fault("{'fault':'usage','lie':'absent'}");
        Stream stream = caller.stream(ModelCaller.CHAT, STREAM, CALL);
        assertThat(stream.usages()).isEmpty();
        assertThat(stream.isDone()).isTrue();
        assertThat(caller.post(ModelCaller.CHAT, WHOLE).body().has("usage")).isFalse();
        assertProduced(State.FINISHED, 5);
    }

    @Test
    void usageCanComeTwiceAlikeOrDifferent() {
        fault("{'fault':'usage','lie':'twice','call':'c-1'}");
        fault("{'fault':'usage','lie':'changing','call':'c-2'}");

        List<JsonNode> alike = caller.stream(ModelCaller.CHAT, STREAM, CALL).usages();
        assertThat(alike).hasSize(2);
        assertThat(alike.getFirst()).isEqualTo(alike.getLast());
        List<JsonNode> different = caller.stream(ModelCaller.CHAT, STREAM, Map.of("x-request-id", "c-2")).usages();
        assertThat(different).hasSize(2).doesNotHaveDuplicates();
    }

    /** Where it is cut, how many events can have come by then, and how many tokens had been produced. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'fault':'cut','event':0} | 0 | 0
            {'fault':'cut','event':3} | 3 | 3
            {'fault':'cut','event':6} | 6 | 5
            """)
    void aCutConnectionEndsTheStreamInItsMiddle(String fault, int events, long completion) throws Exception {
        fault(fault);
        List<String> data = new ArrayList<>();
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> {
            try (BufferedReader lines = reader(caller.open(ModelCaller.CHAT, STREAM, CALL))) {
                lines.lines().filter(line -> line.startsWith("data: ")).forEach(data::add);
            }
        });
        assertThat(data).hasSizeLessThanOrEqualTo(events);
        Entry entry = logged();
        assertThat(entry.state()).isEqualTo(State.FAILED);
        assertThat(entry.completion()).isEqualTo(completion);
    }

    @Test
    void anErrorCanComeAfterTheAnswerHasBegun() throws InterruptedException {
        fault("{'fault':'error-event','event':3}");
        Stream stream = caller.stream(ModelCaller.CHAT, STREAM, CALL);
        assertThat(stream.events()).hasSize(4);
        assertThat(Json.text(stream.events().getLast(), "error", "message")).contains("on demand");
        assertProduced(State.FAILED, 3);
        assertThat(caller.post(ModelCaller.CHAT, WHOLE).status()).isEqualTo(500);
    }

    @Test
    void aHangingAnswerEndsWhenTheCallerLeaves() throws Exception {
        fault("{'fault':'hang','event':3}");
        try (BufferedReader lines = reader(caller.open(ModelCaller.CHAT, STREAM, CALL))) {
            assertThat(lines.lines().filter(line -> line.startsWith("data: ")).limit(3)).hasSize(3);
            assertThat(server.log().entries("c-1").getFirst().state()).isEqualTo(State.RUNNING);
        }
        assertProduced(State.ABORTED, 3);
    }

    @Test
    void aStreamCanEndWithoutSayingSo() throws InterruptedException {
        fault("{'fault':'no-done'}");
        Stream stream = caller.stream(ModelCaller.CHAT, STREAM, CALL);
        assertThat(stream.isDone()).isFalse();
        assertThat(stream.events()).hasSize(7);
        assertProduced(State.FINISHED, 5);
    }

    @Test
    void anEventOrAnAnswerCanBeNoJson() throws InterruptedException {
        fault("{'fault':'invalid-json','event':2}");
        Stream stream = caller.stream(ModelCaller.CHAT, STREAM, CALL);
        assertThat(stream.data()).hasSize(9);
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> Json.MAPPER.readTree(stream.data().get(2)));
        Answer answer = caller.post(ModelCaller.CHAT, WHOLE);
        assertThatExceptionOfType(JacksonException.class).isThrownBy(answer::body);
        assertProduced(State.FINISHED, 5);
    }

    /** Ways to send the same bytes otherwise. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'fault':'one-byte'}
            {'fault':'split-usage'}
            """)
    void packetsDoNotChangeWhatIsSaid(String fault) throws InterruptedException {
        Stream expected = caller.stream(ModelCaller.CHAT, STREAM, Map.of());
        fault(fault);
        Stream stream = caller.stream(ModelCaller.CHAT, STREAM, CALL);
        assertThat(stream.text(0)).isEqualTo(expected.text(0));
        assertThat(stream.usages()).isEqualTo(expected.usages());
        assertThat(stream.isDone()).isTrue();
        assertProduced(State.FINISHED, 5);
    }

    @Test
    void anEventCanBeOfAnySize() {
        fault("{'fault':'big-event'}");
        Stream stream = caller.stream(ModelCaller.CHAT, STREAM, CALL);
        assertThat(stream.data().getFirst().length()).isGreaterThan(16 * 1024 * 1024);
        assertThat(stream.events()).hasSize(7);
    }

    /** Refusals on demand. */
    @ParameterizedTest
    @CsvSource({"429, 7", "500, 0", "503, 2"})
    void aCallCanBeRefusedWithAnyStatus(int status, int seconds) throws InterruptedException {
        fault("{'fault':'answer','status':" + status + ",'retryAfterSeconds':" + seconds + "}");
        Answer answer = caller.post(ModelCaller.CHAT, STREAM, CALL);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.response().headers().firstValue("Retry-After").orElse("0")).isEqualTo(Integer.toString(seconds));
        assertThat(answer.error()).isEqualTo("a fault on demand: " + status);
        assertThat(logged()).isEqualTo(new Entry(1, "c-1", 0, ModelCaller.CHAT, State.REFUSED, status, 0, 0, 0));
    }

    @Test
    void aSlowAnswerIsTheSameAnswer() throws InterruptedException {
        server.faults().add(new ModelFault.Slow(Duration.ofMillis(150), Duration.ofMillis(20)));
        long begin = System.nanoTime();
        assertThat(caller.stream(ModelCaller.CHAT, STREAM, CALL).isDone()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(150 + 4 * 20));
        assertProduced(State.FINISHED, 5);
    }

    @Test
    void aFaultStrikesOnlyWhatItIsMeantForAndAsOftenAsItSays() {
        ModelFault refusal = new ModelFault.Answer(503, 0);
        server.faults().add(refusal, Match.ofCall("c-2"), ModelFaults.FOREVER);
        server.faults().add(refusal, new Match("m", "", ModelCaller.COMPLETIONS, 1), 1);
        server.faults().add(refusal, Match.every(3), 2);

        List<Integer> statuses = new ArrayList<>();
        for (int call = 0; call < 9; call++) {
            statuses.add(caller.post(ModelCaller.CHAT, WHOLE, CALL).status());
        }
        assertThat(statuses).containsExactly(200, 200, 503, 200, 200, 503, 200, 200, 200);
        assertThat(caller.post(ModelCaller.CHAT, WHOLE, Map.of("x-request-id", "c-2")).status()).isEqualTo(503);
        assertThat(caller.post(ModelCaller.COMPLETIONS, "{'prompt':'a'}").status()).isEqualTo(503);
        assertThat(caller.post(ModelCaller.COMPLETIONS, "{'prompt':'a'}").status()).isEqualTo(200);
    }

    @Test
    void faultsAreListedAndLiftedOverHttp() {
        fault("{'fault':'cut','event':2,'call':'c-9','every':4,'times':3}");
        fault("{'fault':'no-done'}");

        JsonNode list = caller.get(FAULTS).body().path("faults");
        assertThat(list).hasSize(2);
        assertThat(list.path(0).toString()).isEqualTo("{'id':1,'fault':'cut','event':2,'model':'','call':'c-9','path':'',"
                .replace('\'', '"') + "\"every\":4,\"seen\":0,\"times\":3}");
        assertThat(caller.delete(FAULTS + "/1").body().path("faults")).hasSize(1);
        assertThat(caller.delete(FAULTS + "/1").status()).isEqualTo(404);
        assertThat(caller.delete(FAULTS).body().path("faults")).isEmpty();
        assertThat(caller.post(FAULTS, "{'fault':'magic'}").error()).startsWith("fault: must be one of answer, slow, cut");
        assertThat(caller.post(FAULTS, "{'fault':'usage','lie':'white'}").error()).startsWith("lie: must be one of absent");
        assertThat(caller.post(FAULTS, "{'fault':'answer','status':200}").error()).startsWith("status: ");
    }

    private static BufferedReader reader(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
}
