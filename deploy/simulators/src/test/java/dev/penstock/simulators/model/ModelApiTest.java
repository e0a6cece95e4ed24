package dev.penstock.simulators.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.model.ModelCaller.Answer;
import dev.penstock.simulators.model.ModelCaller.Stream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What is not a good answer: who may call, what is refused, and what the server says of itself. */
class ModelApiTest {

    private static final String MESSAGES = "'messages':[{'role':'user','content':'What is the weather in Paris today?'}]";
    private static final String TOOLS = "'tools':[{'type':'function','function':{'name':'add','parameters':{}}},{'type':"
            + "'function','function':{'name':'get_weather','parameters':{'type':'object','properties':{'city':{'type':'string'},"
            + "'unit':{'enum':['celsius','kelvin']},'days':{'type':'integer','minimum':2}}}}}]";

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

    /** Bodies that are refused: the status, and a part of what is said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'model':'other','messages':[]}                                   | 404 | The model `other` does not exist.
            {'model':'m'}                                                     | 400 | messages: Field required
            {'model':'m','messages':'hello'}                                  | 400 | messages: Input should be a valid list
            {'model':'m','messages':[{'role':'god','content':'x'}]}           | 400 | unexpected value 'god'
            {'model':'m','messages':[],'max_tokens':0}                        | 400 | max_tokens must be at least 1, got 0.
            {'model':'m','messages':[],'max_tokens':-1}                       | 400 | max_tokens must be at least 1, got -1.
            {'model':'m','messages':[],'max_tokens':1e18}                     | 400 | is too large: 1000000000000000000
            {'model':'m','messages':[],'max_tokens':'many'}                   | 400 | max_tokens: Input should be a valid integer
            {'model':'m','messages':[],'max_tokens':1.5}                      | 400 | max_tokens: Input should be a valid integer
            {'model':'m','messages':[],'max_tokens':198}                      | 400 | (198 > 200 - 3)
            {'model':'m','messages':[],'n':0}                                 | 400 | n must be at least 1, got 0.
            {'model':'m','messages':[],'n':100000}                            | 400 | n must be at most 1024
            {'model':'m','messages':[],'stream':'yes'}                        | 400 | stream: Input should be a valid boolean
            {'model':'m','messages':[],'stream_options':{}}                   | 400 | only be defined when `stream=True`
            {'model':'m','messages':[],'min_tokens':7,'max_tokens':6}         | 400 | min_tokens must be less than or equal
            {'model':'m','messages':[],'tool_choice':'required'}              | 400 | `tools` must be set
            {'model':'m','messages':[{'role':'user','content':[{'type':'image_url'}]}]} | 400 | not a multimodal model
            {'model':'m','model':'last','messages':[]}                        | 404 | The model `last` does not exist.
            {'model':'m','messages':[}                                        | 400 | JSON decode error
            []                                                                | 400 | valid dictionary
            """)
    void whatCannotBeAnsweredIsRefusedAsVllmDoes(String body, int status, String message) {
        Answer answer = caller.post(ModelCaller.CHAT, body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.error()).contains(message);
        assertThat(answer.body().path("error").path("code").asInt(0)).isEqualTo(status);
        assertThat(server.log().entries().getFirst().state()).isEqualTo(ModelLog.State.REFUSED);
    }

    @Test
    void aPromptThatFillsTheContextIsRefused() {
        Answer answer = caller.post(ModelCaller.CHAT,
                "{'model':'m','messages':[{'role':'user','content':'" + "word".repeat(200) + "'}]}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("maximum context length is 200 tokens").contains("207 input tokens");
    }

    @Test
    void badUtf8AndOtherContentTypesAreRefused() {
        assertThat(caller.post(ModelCaller.CHAT, "{'model':'m'}", Map.of("Content-Type", "text/plain")).status()).isEqualTo(415);
        assertThat(caller.get(ModelCaller.CHAT).status()).isEqualTo(405);
        assertThat(caller.get("/v1/nothing").status()).isEqualTo(404);
        assertThat(caller.post(ModelCaller.EMBEDDINGS, "{'model':'m','input':'a'}").error())
                .isEqualTo("The model does not support Embeddings API");
    }

    @Test
    void fieldsNobodyKnowsAreLetPassAndNullIsAsGoodAsNothing() {
        assertThat(caller.post(ModelCaller.CHAT, "{'model':'m','max_tokens':null,'stop':null,'tools':null,'n':null,"
                + "'stream_options':null,'reasoning_effort':'high','top_k':-1,'logprobs':true," + MESSAGES + "}").status())
                .isEqualTo(200);
    }

    @Test
    void theKeyGuardsTheModelAndNothingElse() throws IOException {
        try (SimModelServer guarded = SimModelServer.start(SimModelSettings.chat("m").withApiKey("secret"))) {
            ModelCaller guest = ModelCaller.of(guarded);
            for (String path : new String[] {"/health", "/metrics", "/version", "/load", "/simulator/log"}) {
                assertThat(guest.get(path).status()).as(path).isEqualTo(200);
            }
            String body = "{'model':'m'," + MESSAGES + "}";
            assertThat(guest.get("/v1/models").status()).isEqualTo(401);
            assertThat(guest.post(ModelCaller.CHAT, body, Map.of("Authorization", "Bearer secre")).status()).isEqualTo(401);
            Answer refused = guest.post(ModelCaller.CHAT, body);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.text()).isEqualTo("{\"error\":\"Unauthorized\"}");
            assertThat(guarded.log().entries()).isEmpty();
            assertThat(guest.post(ModelCaller.CHAT, body, Map.of("Authorization", "Bearer secret")).status()).isEqualTo(200);
        }
    }

    @Test
    void aServerWhoseModelIsNotLoadedIsNotHealthyAndAnswersNobody() throws IOException {
        ModelPace slow = new ModelPace(Duration.ofMinutes(5), Duration.ZERO, Duration.ZERO);
        try (SimModelServer loading = SimModelServer.start(SimModelSettings.chat("m").withPace(slow))) {
            ModelCaller early = ModelCaller.of(loading);
            assertThat(early.get("/health").status()).isEqualTo(503);
            assertThat(early.get("/v1/models").status()).isEqualTo(503);
            assertThat(early.post(ModelCaller.CHAT, "{'model':'m'," + MESSAGES + "}").status()).isEqualTo(503);
            assertThat(loading.printed()).last().asString().endsWith("Loading safetensors checkpoint shards:   0% Completed | 0/8");
        }
        assertThat(caller.get("/health").status()).isEqualTo(200);
    }

    @Test
    void modelsAreListedWithTheirContext() {
        JsonNode list = caller.get("/v1/models").body();
        assertThat(Json.objects(list, "data")).singleElement().satisfies(model -> {
            assertThat(Json.text(model, "id")).isEqualTo("m");
            assertThat(Json.text(model, "root")).isEqualTo("simulated/m");
            assertThat(model.path("max_model_len").asInt(0)).isEqualTo(200);
        });
        assertThat(caller.get("/v1/models/m").body()).isEqualTo(list.path("data").path(0));
    }

    @Test
    void metricsCountWhatTheLogSays() throws InterruptedException {
        caller.post(ModelCaller.CHAT, "{'model':'m','max_tokens':5," + MESSAGES + "}");
        caller.post(ModelCaller.CHAT, "{'model':'m'," + MESSAGES + "}");

        assertThat(server.log().awaitQuiet(Duration.ofSeconds(5))).isTrue();
        long prompt = server.log().entries().stream().mapToLong(ModelLog.Entry::prompt).sum();
        long completion = server.log().entries().stream().mapToLong(ModelLog.Entry::completion).sum();
        String labels = "{engine=\"0\",model_name=\"m\"";
        assertThat(caller.get("/metrics").text()).contains(
                "vllm:prompt_tokens_total" + labels + "} " + (double) prompt + "\n",
                "vllm:generation_tokens_total" + labels + "} " + (double) completion + "\n",
                "vllm:request_success_total" + labels + ",finished_reason=\"length\"} 1.0\n",
                "vllm:request_success_total" + labels + ",finished_reason=\"stop\"} 1.0\n",
                "vllm:time_to_first_token_seconds_count" + labels + "} 2.0\n",
                "vllm:num_requests_waiting" + labels + "} 0.0\n", "# TYPE vllm:kv_cache_usage_perc gauge\n");
    }

    /** How a tool is chosen, and which one is called. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'unknown':1                                                       | get_weather
            'tool_choice':'auto'                                              | get_weather
            'tool_choice':'required'                                          | get_weather
            'tool_choice':{'type':'function','function':{'name':'add'}}       | add
            'tool_choice':'none'                                              | ""
            """)
    void aToolIsCalledAsAskedFor(String choice, String tool) {
        String body = "{'model':'m'," + choice + "," + TOOLS + "," + MESSAGES;
        JsonNode whole = caller.post(ModelCaller.CHAT, body + "}").choice(0);
        Stream stream = caller.stream(ModelCaller.CHAT, body + ",'stream':true}", Map.of());

        assertThat(Json.text(Json.at(whole, "message", "tool_calls").path(0), "function", "name")).isEqualTo(tool);
        assertThat(Json.text(whole, "finish_reason")).isEqualTo(tool.isEmpty() ? "stop" : "tool_calls");
        StringBuilder streamed = new StringBuilder();
        stream.events().forEach(event -> Json.objects(event.path("choices").path(0), "delta", "tool_calls")
                .forEach(call -> streamed.append(Json.text(call, "function", "arguments"))));
        assertThat(streamed).hasToString(
                Json.text(Json.at(whole, "message", "tool_calls").path(0), "function", "arguments"));
    }

    @Test
    void argumentsFitTheToolAndItsAnswerIsUsed() {
        JsonNode call = Json.at(caller.post(ModelCaller.CHAT, "{'model':'m'," + TOOLS + "," + MESSAGES + "}").choice(0),
                "message", "tool_calls").path(0);
        assertThat(Json.text(call, "function", "arguments"))
                .isEqualTo("{\"city\":\"Paris\",\"unit\":\"celsius\",\"days\":2}");
        assertThat(Json.text(call, "id")).startsWith("chatcmpl-tool-");

        Answer after = caller.post(ModelCaller.CHAT, "{'model':'m'," + TOOLS + ",'messages':[{'role':'user','content':"
                + "'weather?'},{'role':'assistant','content':null,'tool_calls':[{'id':'t','type':'function','function':{'name':"
                + "'get_weather','arguments':'{}'}}]},{'role':'tool','tool_call_id':'t','content':'21 degrees'}]}");
        assertThat(Json.text(after.choice(0), "message", "content")).startsWith("The tool says: 21 degrees.");
    }

    @Test
    void aDocumentIsMadeToTheSchemaAskedFor() {
        Answer answer = caller.post(ModelCaller.CHAT, "{'model':'m','response_format':{'type':'json_schema','json_schema':"
                + "{'name':'s','schema':{'type':'object','properties':{'city':{'type':'string'},'sure':{'type':'boolean'}}}}},"
                + MESSAGES + "}");
        assertThat(Json.text(answer.choice(0), "message", "content")).isEqualTo("{\"city\":\"Paris\",\"sure\":true}");
    }

    @Test
    void completionsGoOnWithEachPrompt() {
        Answer answer = caller.post(ModelCaller.COMPLETIONS,
                "{'model':'m','prompt':['Once upon','A cat'],'n':2,'echo':true,'max_tokens':3}");
        assertThat(Json.text(answer.body(), "object")).isEqualTo("text_completion");
        assertThat(Json.objects(answer.body(), "choices")).hasSize(4).extracting(choice -> Json.text(choice, "text"))
                .satisfiesExactly(text -> assertThat(text).startsWith("Once upon "),
                        text -> assertThat(text).startsWith("Once upon "), text -> assertThat(text).startsWith("A cat "),
                        text -> assertThat(text).startsWith("A cat "));
        assertThat(answer.body().path("usage").path("completion_tokens").asInt(0)).isEqualTo(12);
        Stream stream = caller.stream(ModelCaller.COMPLETIONS,
                "{'model':'m','prompt':['Once upon','A cat'],'n':2,'echo':true,'max_tokens':3,'stream':true}", Map.of());
        assertThat(stream.text(3)).isEqualTo(Json.text(answer.choice(3), "text"));
    }
}
