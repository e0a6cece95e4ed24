package dev.penstock.simulators.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.model.ModelCaller.Answer;
import dev.penstock.simulators.model.ModelLog.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Messages as Anthropic's service speaks them: what it demands, says and counts. */
class MessagesTest {

    private static final String PATH = "/v1/messages";
    private static final Map<String, String> CALL = Map.of("x-request-id", "c-1", "x-api-key", "k", "anthropic-version", "2023-06-01");
    private static final String HELLO = "'messages':[{'role':'user','content':'Say hello, please'}]";

    private SimModelServer server;
    private ModelCaller caller;

    @BeforeEach
    void start() throws IOException {
        server = SimModelServer.start(SimModelSettings.chat("m").withApiKey("k").withEngine(EngineSettings.of("m").withMaxModelLen(400)));
        caller = ModelCaller.of(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer ask(String fields) {
        return caller.post(PATH, "{'model':'m','max_tokens':50," + fields + "}", CALL);
    }

    private List<JsonNode> stream(String fields) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(caller.open(PATH, "{'model':'m','max_tokens':50,'stream':true," + fields + "}", CALL), StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> line.startsWith("data: ")).map(line -> Json.MAPPER.readTree(line.substring("data: ".length()))).toList();
        }
    }

    @Test
    void aQuestionIsAnsweredCountedAndLabelledAsSimulated() throws IOException {
        Answer answer = ask(HELLO);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.response().headers().firstValue("x-simulator")).hasValue("penstock");
        String text = Json.text(answer.body().path("content").path(0), "text");
        assertThat(text).contains("Say hello, please").contains("simulated");
        assertThat(Json.text(answer.body(), "stop_reason")).isEqualTo("end_turn");
        assertThat(answer.body().path("usage").path("input_tokens").asInt(0)).isEqualTo(12);
        assertThat(answer.body().path("usage").path("output_tokens").asLong(0)).isEqualTo(server.log().entries("c-1").getFirst().completion());
        assertThat(server.log().entries("c-1").getFirst().state()).isEqualTo(State.FINISHED);

        List<JsonNode> events = stream(HELLO);
        assertThat(events.stream().map(event -> Json.text(event, "delta", "text")).collect(Collectors.joining())).isEqualTo(text);
        assertThat(events.stream().map(event -> Json.text(event, "type")).distinct()).containsExactly(
                "message_start", "ping", "content_block_start", "content_block_delta", "content_block_stop", "message_delta", "message_stop");
        assertThat(events.getFirst().path("message").path("usage").path("output_tokens").asInt(-1)).as("counted at the end").isZero();
    }

    @Test
    void aToolIsCalledAndItsAnswerUnderstood() throws IOException {
        String tools = "'tools':[{'name':'weather','input_schema':{'type':'object','properties':{'city':{'type':'string'}}}}],'tool_choice':{'type':'any'},";
        JsonNode use = ask(tools + HELLO).body().path("content").path(0);
        assertThat(Json.text(use, "name")).isEqualTo("weather");
        assertThat(stream(tools + HELLO).stream().map(event -> Json.text(event, "delta", "partial_json")).collect(Collectors.joining())).isEqualTo(use.path("input").toString());
        String told = "'messages':[{'role':'user','content':'x'},{'role':'assistant','content':[" + use.toString().replace('"', '\'')
                + "]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'" + Json.text(use, "id") + "','content':'Sun'}]}]";
        assertThat(ask(tools.replace("'any'", "'auto'") + told).text()).contains("The tool says: Sun");
    }

    @Test
    void whatIsMarkedIsKeptForTheNextCall() {
        String long16 = "'messages':[{'role':'user','content':[{'type':'text','text':'" + "word".repeat(40) + "','cache_control':{'type':'ephemeral'}}]}]";
        JsonNode first = ask(long16).body().path("usage");
        JsonNode second = ask(long16).body().path("usage");
        assertThat(first.path("cache_creation_input_tokens").asInt(0)).isEqualTo(32);
        assertThat(second.path("cache_read_input_tokens").asInt(0)).isEqualTo(32);
        assertThat(second.path("input_tokens").asInt(0)).isEqualTo(first.path("input_tokens").asInt(-1)).isEqualTo(47 - 32);
    }

    @Test
    void tokensAreCountedBeforehand() {
        assertThat(caller.post(PATH + "/count_tokens", "{'model':'m'," + HELLO + "}", CALL).body().path("input_tokens").asInt(0)).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'max_tokens':1,'unknown':1,'messages':[]                                     | 400 | invalid_request_error | unknown: Extra inputs are not permitted
            'messages':[]                                                                | 400 | invalid_request_error | max_tokens: Field required
            'max_tokens':1,'messages':[{'role':'system','content':'x'}]                  | 400 | invalid_request_error | messages.role
            'max_tokens':1,'messages':[{'role':'user','content':[{'type':'text','text':''}]}] | 400 | invalid_request_error | must be non-empty
            'max_tokens':1,'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'t'}]}] | 400 | invalid_request_error | unexpected `tool_use_id`
            'max_tokens':1,'messages':[{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'n','input':{}}]}] | 400 | invalid_request_error | without `tool_result`
            'max_tokens':999,'messages':[{'role':'user','content':'x'}]                  | 400 | invalid_request_error | exceed context limit
            """)
    void whatItDoesNotKnowItRefuses(String fields, int status, String type, String words) {
        Answer answer = caller.post(PATH, "{'model':'m'," + fields + "}", CALL);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(Json.text(answer.body(), "error", "type")).isEqualTo(type);
        assertThat(answer.error()).contains(words);
    }

    @Test
    void theKeyComesInItsOwnHeader() {
        Map<String, String> bearer = new HashMap<>(CALL);
        bearer.remove("x-api-key");
        bearer.put("authorization", "Bearer k");
        assertThat(caller.post(PATH, "{'model':'m','max_tokens':5," + HELLO + "}", bearer).status()).isEqualTo(401);
        Map<String, String> unversioned = new HashMap<>(CALL);
        unversioned.remove("anthropic-version");
        assertThat(caller.post(PATH, "{'model':'m','max_tokens':5," + HELLO + "}", unversioned).error()).contains("anthropic-version");
    }
}
