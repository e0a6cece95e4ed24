package dev.penstock.quota.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.quota.LimitField;
import dev.penstock.simulators.model.EngineSettings;
import dev.penstock.simulators.model.ModelTask;
import dev.penstock.simulators.model.SimModelServer;
import dev.penstock.simulators.model.SimModelSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is ranked, what is refused of it, what it can cost at most, and what an engine says that it cost. */
class RankingBodyTest {

    private static final ModelFacts FACTS = new ModelFacts(8_192, 1, 1);
    private static final int ROUNDS = 500;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', nullValues = "-", textBlock = """
            {"query": "q", "documents": ["d"]}                                                          | model
            {"model": "m", "documents": ["d"]}                                                          | query
            {"model": "m", "query": "q"}                                                                | documents
            {"model": "m", "query": ["q"], "documents": ["d"]}                                          | query
            {"model": "m", "query": {"content": []}, "documents": ["d"]}                                | query
            {"model": "m", "query": null, "documents": ["d"]}                                           | query
            {"model": "m", "query": "q", "documents": "d"}                                              | documents
            {"model": "m", "query": "q", "documents": {"content": []}}                                  | documents
            {"model": "m", "query": "q", "documents": []}                                               | documents
            {"model": "m", "query": "q", "documents": [[1, 2]]}                                         | documents
            {"model": "m", "query": "q", "documents": [null]}                                           | documents
            {"model": "m", "query": "q", "documents": ["d", 7]}                                         | documents
            {"model": "m", "query": "q", "documents": [{}]}                                             | documents
            {"model": "m", "query": "q", "documents": [{"text": 7}]}                                    | documents
            {"model": "m", "query": "q", "documents": [{"image": "u"}]}                                 | documents
            {"model": "m", "query": "q", "documents": [{"text": "d", "image": "u"}]}                    | documents
            {"model": "m", "query": "q", "documents": [{"text": "d", "text": "e"}]}                     | documents
            {"model": "m", "query": "q", "documents": [{"content": [{"type": "image_url"}]}]}           | documents
            {"model": "m", "query": "q", "query": "r", "documents": ["d"]}                              | query
            {"model": "m", "query": "q", "documents": ["d"], "documents": ["e"]}                        | documents
            {"model": "m", "query": "q", "documents": ["d"], "d\u006fcuments": ["e"]}                   | documents
            {"model": "m", "query": "q", "documents": ["d"], "stream": true}                            | stream
            {"model": "m", "query": "q", "documents": ["d"]                                             | -
            """)
    void isRefusedNamingTheField(String body, @Nullable String param) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.error().status()).isEqualTo(400);
            assertThat(refusal.error().param()).isEqualTo(param);
        });
    }

    @Test
    void documentsAreBounded() {
        assertThat(read(call("q", List.of("d", "{}"), "").replace("\"{}\"", "{\"text\":\"\"}")).inputs()).isEqualTo(2);
        String most = "[" + "\"\",".repeat(999) + "\"\"]";
        assertThat(read("{\"model\":\"m\",\"query\":\"q\",\"documents\":" + most + "}").inputs()).isEqualTo(1_000);
        assertThatThrownBy(() -> read("{\"model\":\"m\",\"query\":\"q\",\"documents\":" + most.replaceFirst("]", ",\"\"]") + "}")).hasMessageContaining("1000 at most");
    }

    /** Neither what other operations read as a prompt nor what a ranking reads there. */
    @Test
    void aFieldIsReadWhereItMeansSomething() {
        CallBody ranking = read("{\"input\":\"x\",\"model\":\"m\",\"query\":\"q\",\"documents\":[\"a\",\"b\",\"c\"],\"messages\":7,\"prompt\":{},\"input \":1}");
        assertThat(ranking.inputs()).isEqualTo(3);
        CallBody chat = new BodyReader(16, 1).read(Operation.CHAT, "{\"model\":\"m\",\"messages\":[],\"query\":1,\"documents\":[{},{}]}".getBytes(StandardCharsets.UTF_8));
        assertThat(chat.inputs()).isZero();
    }

    /** Documents count once, whatever stands beside them once with each; of each pair no more than a context. */
    @Test
    void theBoundIsDocumentsAndTheirNumberTimesTheRest() {
        String documents = "[\"one\",\"two two\",{\"text\":\"\"}]";
        String rest = "{\"model\":\"m\",\"query\":\"what?\",\"instruction\":\"be strict\",\"documents\":}";
        String body = rest.replace("\"documents\":", "\"documents\":" + documents);
        long bytes = documents.length() + 3L * rest.length();
        assertThat(bounds(body, FACTS)).isEqualTo(new TokenBounds(bytes + 3 * TokenBounds.PER_PAIR, 0, 0));
        assertThat(bounds(body, new ModelFacts(8_192, 1, 6))).isEqualTo(new TokenBounds(6 * bytes + 3 * TokenBounds.PER_PAIR, 0, 0));
        assertThat(bounds(body, new ModelFacts(100, 1, 6)).input()).as("of each pair a context at most").isEqualTo(300);
        assertThat(bounds(body, new ModelFacts(8_192, 1, null)).input()).as("nobody knows its tokens").isEqualTo(3 * 8_192);
        for (String unbounded : List.of("chat_template", "chat_template_kwargs", "mm_processor_kwargs")) {
            assertThat(bounds(body.replace("instruction", unbounded), FACTS).input()).as(unbounded).isEqualTo(3 * 8_192);
        }
    }

    @Test
    void whatOnlyLessensIsNotBelieved() {
        String body = call("what?", List.of("one", "two"), "");
        for (String less : List.of("\"truncate_prompt_tokens\":1", "\"max_tokens_per_doc\":1", "\"top_n\":1", "\"max_tokens\":1", "\"max_chunks_per_doc\":1")) {
            assertThat(bounds(body.replaceFirst("\\{", "{" + less + ","), FACTS).input()).isGreaterThanOrEqualTo(bounds(body, FACTS).input());
        }
    }

    @Test
    void whatWeDoNotReadGoesOnAsItIs() {
        String body = "{\"top_n\":2,\"model\":\"m\",\"query\":\"q\",\"documents\":[\"a\"],\"return_documents\":false,\"truncate_prompt_tokens\":-1,\"stream\":false}";
        assertThat(forward(body, null)).isEqualTo(body.replace("\"m\"", "\"served\""));
    }

    /** As engines know it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            ["a", {"text": "b"}, "c"]                     | ["a", "b", "c"]
            [{"text":"a\\"}"},{ "t\\u0065xt" : "\\ud83c" } ] | ["a\\"}","\\ud83c" ]
            [{"text": "{\\"text\\": 1}"}]                 | ["{\\"text\\": 1}"]
            """)
    void objectsGoOnAsTheirTexts(String documents, String told) {
        String body = "{\"model\":\"m\",\"query\":\"q\",\"documents\":" + documents + ",\"top_n\":1}";
        assertThat(forward(body, "salt")).isEqualTo("{\"cache_salt\":\"salt\",\"model\":\"served\",\"query\":\"q\",\"documents\":" + told + ",\"top_n\":1}");
        assertThat(JsonMapper.shared().readTree(forward(body, null)).path("documents").valueStream()).allMatch(JsonNode::isString);
    }

    private static String forward(String body, @Nullable String salt) {
        CallBody read = read(body);
        return new String(ForwardBody.write(Operation.RERANK, read,
                new ForwardBody.Rewriting("served", TokenBounds.of(Operation.RERANK, read, FACTS), FACTS, true, LimitField.MAX_TOKENS, salt)), StandardCharsets.UTF_8);
    }

    /** Whatever the texts: what the simulated engine counts is never more than what was set aside, whether it takes four bytes a token or, as the worst tokenizer, one. */
    @Test
    void noTextCostsMoreThanItsBound() throws Exception {
        EngineSettings engine = EngineSettings.of("m").withTask(ModelTask.RERANK).withMaxModelLen(200);
        ModelFacts facts = new ModelFacts(200, 1, 1);
        try (SimModelServer server = SimModelServer.start(SimModelSettings.reranker("m").withEngine(engine)); HttpClient http = HttpClient.newHttpClient()) {
            RandomJson random = new RandomJson(46);
            int answered = 0;
            for (int round = 0; round < ROUNDS; round++) {
                String query = text(random, 10);
                List<String> documents = new ArrayList<>();
                for (int left = random.number(12); left >= 0; left--) {
                    documents.add(text(random, random.chance() ? 3 : 40));
                }
                String body = call(query, documents, random.chance() ? ",\"truncate_prompt_tokens\":" + (random.number(60) + 1) : "");
                long bound = bounds(body, facts).input();
                HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(server.url() + "/v1/rerank")).header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    answered++;
                    assertThat(JsonMapper.shared().readTree(answer.body()).path("usage").path("total_tokens").asLong()).as(body).isPositive().isLessThanOrEqualTo(bound);
                }
                assertThat(Math.min(worst(query, documents), documents.size() * 200L)).as(body).isLessThanOrEqualTo(bound);
            }
            assertThat(answered).isGreaterThan(ROUNDS / 2);
        }
    }

    /** Each byte a token, and as many of a template's as it may add. */
    private static long worst(String query, List<String> documents) {
        long tokens = 0;
        for (String document : documents) {
            tokens += Math.min(200, query.getBytes(StandardCharsets.UTF_8).length + document.getBytes(StandardCharsets.UTF_8).length + TokenBounds.PER_PAIR);
        }
        return tokens;
    }

    private static String text(RandomJson random, int most) {
        List<String> pieces = List.of("a", "word ", "\n", "\"", "\\", "grüße", "日本", "🎈", "\u0000", " ", "ﷺ");
        StringBuilder text = new StringBuilder();
        for (int left = random.number(most + 1); left > 0; left--) {
            text.append(pieces.get(random.number(pieces.size())));
        }
        return text.toString();
    }

    /** What an engine says, and what is booked of it: input, read from the cache, output. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', nullValues = "-", textBlock = """
            {"total_tokens": 56}                                                                         | 56 0 0
            {"prompt_tokens": 56, "total_tokens": 56}                                                    | 56 0 0
            {"prompt_tokens": 56, "total_tokens": 56, "completion_tokens": 0, "prompt_tokens_details": null} | 56 0 0
            {"prompt_tokens": 56, "total_tokens": 56, "prompt_tokens_details": {"cached_tokens": 16}}    | 40 16 0
            {"prompt_tokens": 50, "completion_tokens": 6, "total_tokens": 56}                            | 56 0 0
            {"prompt_tokens": 56}                                                                        | 56 0 0
            {"prompt_tokens": 56, "total_tokens": null}                                                  | 56 0 0
            {"total_tokens": -7}                                                                         | -1 0 0
            {"total_tokens": 1.5}                                                                        | -1 0 0
            {"total_tokens": "more"}                                                                     | -1 0 0
            {"total_tokens": null}                                                                       | -
            {}                                                                                           | -
            null                                                                                         | -
            """)
    void theTotalIsInput(String usage, @Nullable String expected) {
        byte[] answer = ("{\"results\":[],\"usage\":" + usage + "}").getBytes(StandardCharsets.UTF_8);
        Usage read = Answer.read(Operation.RERANK, answer).usage();
        String seen = read == null ? null : (read.input() < 0 ? -1 : read.input()) + " " + read.cacheRead() + " " + read.output();
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void ofAChatTheTotalAloneSaysNothing() {
        byte[] answer = "{\"choices\":[],\"usage\":{\"total_tokens\":56}}".getBytes(StandardCharsets.UTF_8);
        assertThat(Answer.read(Operation.CHAT, answer).usage()).isNull();
        assertThat(Answer.read(Operation.EMBEDDINGS, answer).usage()).isNull();
    }

    private static String call(String query, List<String> documents, String more) {
        return "{\"model\":\"m\",\"query\":" + JsonText.quote(query) + ",\"documents\":[" + String.join(",", documents.stream().map(JsonText::quote).toList()) + "]" + more + "}";
    }

    private static TokenBounds bounds(String body, ModelFacts facts) {
        return TokenBounds.of(Operation.RERANK, read(body), facts);
    }

    private static CallBody read(String body) {
        return new BodyReader(16, 1_000).read(Operation.RERANK, body.getBytes(StandardCharsets.UTF_8));
    }
}
