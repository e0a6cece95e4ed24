package dev.penstock.simulators.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.simulators.model.ModelCaller.Answer;
import java.io.IOException;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RankingTest {

    private SimModelServer server;
    private ModelCaller caller;

    @BeforeEach
    void start() throws IOException {
        server = SimModelServer.start(SimModelSettings.reranker("r").withEngine(EngineSettings.of("r").withTask(ModelTask.RERANK).withMaxModelLen(20)));
        caller = ModelCaller.of(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The question is read with each document, and each pair has four tokens of its own. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ['four']                                             | 6
            ['four','eight by']                                  | 13
            ['four','']                                          | 11
            ['four','four','four'],'top_n':1                     | 18
            ['forty letters are ten tokens, and more!!'],'truncate_prompt_tokens':7   | 7
            """)
    void whatIsReadIsCountedAndOnlyTheTotalIsTold(String documents, int tokens) {
        Answer answer = caller.post(ModelCaller.RERANK, "{'model':'r','query':'word','documents':" + documents + "}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.body().path("usage").toString()).isEqualTo("{\"total_tokens\":" + tokens + "}");
        assertThat(server.log().entries().getFirst().prompt()).isEqualTo(tokens);
        assertThat(caller.get("/metrics").text()).contains("vllm:prompt_tokens_total{").contains(" " + tokens + ".0");
    }

    @Test
    void theOneWithMoreWordsInCommonComesFirst() {
        JsonNode results = caller.post(ModelCaller.RERANK, "{'model':'r','query':'the invoice for march','documents':['pods wait on nodes','an invoice for april',"
                + "'the invoice for march'],'top_n':2}").body().path("results");

        assertThat(StreamSupport.stream(results.spliterator(), false).map(result -> result.path("index").asInt(-1))).containsExactly(2, 1);
        assertThat(results.path(0).path("relevance_score").asDouble(0)).isGreaterThan(results.path(1).path("relevance_score").asDouble(1));
        assertThat(results.path(0).path("document").path("text").asString("")).isEqualTo("the invoice for march");
    }

    /** What is refused, and a part of what is said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'model':'r','documents':['a']}                                                              | query: Field required
            {'model':'r','query':'a'}                                                                    | documents: Field required
            {'model':'r','query':'a','documents':[]}                                                     | documents
            {'model':'r','query':'a','documents':[7]}                                                    | documents
            {'model':'r','query':'a','documents':[{'text':'a'}]}                                         | documents
            {'model':'r','query':'a','documents':['sixty-nine letters are a few more tokens than are left in the context!!']} | maximum context length is 20
            """)
    void whatCannotBeReadIsRefused(String body, String message) {
        Answer answer = caller.post(ModelCaller.RERANK, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains(message);
        assertThat(server.log().entries().getFirst().state()).isEqualTo(ModelLog.State.REFUSED);
    }

    @Test
    void aRerankerDoesNothingElseAndNothingElseReranks() throws IOException {
        assertThat(caller.post(ModelCaller.EMBEDDINGS, "{'model':'r','input':'a'}").error()).isEqualTo("The model does not support Embeddings API");
        assertThat(caller.post(ModelCaller.CHAT, "{'model':'r','messages':[]}").error()).isEqualTo("The model does not support Chat Completions API");
        try (SimModelServer chat = SimModelServer.start(SimModelSettings.chat("c"))) {
            assertThat(ModelCaller.of(chat).post(ModelCaller.RERANK, "{'model':'c','query':'a','documents':['b']}").error()).isEqualTo("The model does not support Rerank (Score) API");
        }
    }
}
