package dev.penstock.simulators.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.model.ModelCaller.Answer;
import dev.penstock.simulators.model.ModelCaller.Stream;
import dev.penstock.simulators.model.ModelLog.Entry;
import dev.penstock.simulators.model.ModelLog.State;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ChatTest {

    private static final String HELLO = "'messages':[{'role':'user','content':'Say hello, please'}]";

    private SimModelServer server;
    private ModelCaller caller;

    @BeforeEach
    void start() throws IOException {
        server = SimModelServer.start(SimModelSettings.chat("m").withEngine(EngineSettings.of("m").withMaxModelLen(200)));
        caller = ModelCaller.of(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aQuestionIsAnsweredCountedAndLabelledAsSimulated() {
        Answer answer = caller.post(ModelCaller.CHAT, "{'model':'m'," + HELLO + "}", Map.of("x-request-id", "c-1",
                "x-penstock-attempt", "2"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().headers().firstValue("x-simulator")).hasValue("penstock");
        String text = Json.text(answer.choice(0), "message", "content");
        assertThat(text).contains("Say hello, please").contains("simulated");
        assertThat(Json.text(answer.choice(0), "finish_reason")).isEqualTo("stop");
        assertThat(Json.text(answer.body(), "id")).isEqualTo("chatcmpl-c-1");
        // Four for the message, three for the answer's beginning, and 17 letters.
        assertUsage(answer.body().path("usage"), 4 + 3 + 5, Tokenizer.count(text) + 1);
        assertThat(server.log().entries("c-1")).containsExactly(new Entry(1, "c-1", 2, ModelCaller.CHAT, State.FINISHED, 200,
                12, 0, Tokenizer.count(text) + 1));
    }

    @Test
    void theSameQuestionIsAnsweredTheSameInOnePieceAndAsAStream() {
        String whole = Json.text(caller.post(ModelCaller.CHAT, "{'model':'m'," + HELLO + "}").choice(0), "message", "content");

        Stream stream = caller.stream(ModelCaller.CHAT, "{'model':'m','stream':true," + HELLO + "}", Map.of());

        assertThat(stream.text(0)).isEqualTo(whole);
        assertThat(stream.isDone()).isTrue();
        assertThat(stream.usages()).isEmpty();
        assertThat(Json.text(stream.events().getFirst().path("choices").path(0), "delta", "role")).isEqualTo("assistant");
        assertThat(Json.text(stream.events().getLast().path("choices").path(0), "finish_reason")).isEqualTo("stop");
    }

    @Test
    void usageIsToldOnceAtTheEndWhenAskedFor() {
        Stream stream = caller.stream(ModelCaller.CHAT,
                "{'model':'m','stream':true,'stream_options':{'include_usage':true},'max_tokens':5," + HELLO + "}", Map.of());

        assertThat(stream.usages()).hasSize(1);
        JsonNode last = stream.events().getLast();
        assertThat(last.path("choices").isArray()).isTrue();
        assertThat(last.path("choices")).isEmpty();
        assertUsage(last.path("usage"), 12, 5);
    }

    @Test
    void continuousUsageGrowsByOneTokenAnEvent() {
        Stream stream = caller.stream(ModelCaller.CHAT, "{'model':'m','stream':true,'stream_options':{'include_usage':true,"
                + "'continuous_usage_stats':true},'max_tokens':4," + HELLO + "}", Map.of());

        assertThat(stream.usages()).extracting(usage -> usage.path("completion_tokens").asInt(-1))
                .containsExactly(0, 1, 2, 3, 4, 4);
        assertThat(stream.usages()).allMatch(usage -> usage.path("prompt_tokens").asInt(-1) == 12);
    }

    @Test
    void severalAnswersAreToldApartAndCountedTogether() {
        Answer answer = caller.post(ModelCaller.CHAT, "{'model':'m','n':3,'max_tokens':20," + HELLO + "}");

        List<String> texts = Json.objects(answer.body(), "choices").stream()
                .map(choice -> Json.text(choice, "message", "content")).toList();
        assertThat(texts).hasSize(3).doesNotHaveDuplicates();
        assertUsage(answer.body().path("usage"), 12, 60);
        Stream stream = caller.stream(ModelCaller.CHAT, "{'model':'m','n':3,'max_tokens':20,'stream':true," + HELLO + "}",
                Map.of());
        assertThat(List.of(stream.text(0), stream.text(1), stream.text(2))).isEqualTo(texts);
    }

    /** What ends an answer: fields, what it is cut to, why, and how many tokens it took. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'max_tokens':2                                                  | You aske     | length | 2
            'max_completion_tokens':1,'max_tokens':50                       | "You "       | length | 1
            'stop':'asked'                                                  | "You "       | stop   | 3
            'stop':['hello','Say']                                          | "You asked: “" | stop   | 5
            'stop':['asked'],'include_stop_str_in_output':true              | You asked    | stop   | 3
            """)
    void anAnswerEndsWhereItIsToldTo(String fields, String text, String reason, int tokens) {
        Answer answer = caller.post(ModelCaller.CHAT, "{'model':'m'," + fields + "," + HELLO + "}");

        assertThat(Json.text(answer.choice(0), "message", "content")).isEqualTo(text);
        assertThat(Json.text(answer.choice(0), "finish_reason")).isEqualTo(reason);
        assertThat(answer.body().path("usage").path("completion_tokens").asInt(0)).isEqualTo(tokens);
        Stream stream = caller.stream(ModelCaller.CHAT, "{'model':'m','stream':true," + fields + "," + HELLO + "}", Map.of());
        assertThat(stream.text(0)).isEqualTo(text);
    }

    @Test
    void anAnswerCanBeMadeAsLongAsTheContextAllows() {
        Answer answer = caller.post(ModelCaller.CHAT, "{'model':'m','ignore_eos':true," + HELLO + "}");

        assertUsage(answer.body().path("usage"), 12, 188);
        assertThat(Json.text(answer.choice(0), "finish_reason")).isEqualTo("length");
    }

    private static void assertUsage(JsonNode usage, int prompt, int completion) {
        assertThat(usage.properties().stream().filter(entry -> entry.getValue().isNumber())
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asInt(-1))))
                .isEqualTo(Map.of("prompt_tokens", prompt, "completion_tokens", completion, "total_tokens",
                        prompt + completion));
    }
}
