package dev.penstock.simulators.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.model.ModelCaller.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class EmbeddingTest {

    private SimModelServer server;
    private ModelCaller caller;

    @BeforeEach
    void start() throws IOException {
        server = SimModelServer.start(SimModelSettings.embeddings("e").withEngine(
                EngineSettings.of("e").withTask(ModelTask.EMBED).withMatryoshka(256).withMaxModelLen(10)));
        caller = ModelCaller.of(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Inputs, how many vectors they make and how many tokens they are. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'eight by'               | 1 | 2
            ['eight by','four']      | 2 | 3
            ['']                     | 1 | 0
            [5,6,7]                  | 1 | 3
            [[5,6,7],[8]]            | 2 | 4
            '漢字'                   | 1 | 2
            """)
    void everyInputBecomesAVectorAndIsCounted(String input, int vectors, int tokens) {
        Answer answer = caller.post(ModelCaller.EMBEDDINGS, "{'model':'e','input':" + input + "}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("data")).hasSize(vectors).allMatch(one -> one.path("embedding").size() == 256);
        assertThat(answer.body().path("usage").path("prompt_tokens").asInt(-1)).isEqualTo(tokens);
        assertThat(answer.body().path("usage").path("total_tokens").asInt(-1)).isEqualTo(tokens);
        assertThat(server.log().entries().getFirst().prompt()).isEqualTo(tokens);
    }

    @Test
    void numbersAndBase64SayTheSame() {
        JsonNode numbers = vector("'input':'a text'");
        String base64 = vector("'input':'a text','encoding_format':'base64'").asString("");

        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        for (JsonNode number : numbers) {
            assertThat(bytes.getFloat()).isEqualTo((float) number.asDouble(0));
        }
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void textsWithWordsInCommonPointInSimilarDirections() {
        JsonNode first = vector("'input':'the invoice for march'");
        assertThat(cosine(first, first)).isCloseTo(1, within(0.001));
        assertThat(cosine(first, vector("'input':'an invoice for april'")))
                .isGreaterThan(cosine(first, vector("'input':'pods wait on nodes'")));
    }

    @Test
    void aShorterVectorIsMadeWhereTheModelAllowsIt() throws IOException {
        assertThat(vector("'input':'a','dimensions':64")).hasSize(64);
        try (SimModelServer fixed = SimModelServer.start(SimModelSettings.embeddings("f"))) {
            Answer refused = ModelCaller.of(fixed).post(ModelCaller.EMBEDDINGS, "{'model':'f','input':'a','dimensions':64}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.error()).contains("matryoshka");
        }
    }

    /** What is refused, and a part of what is said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'model':'e'}                                                            | input: Field required
            {'model':'e','input':[]}                                                 | input
            {'model':'e','input':{'a':1}}                                            | input
            {'model':'e','input':'a','dimensions':0}                                 | dimensions must be between 1 and 256
            {'model':'e','input':'a','encoding_format':'hex'}                        | encoding_format
            {'model':'e','input':'forty-one letters are eleven tokens here!'}        | requested 11 tokens in the input
            """)
    void whatCannotBeReadIsRefused(String body, String message) {
        Answer answer = caller.post(ModelCaller.EMBEDDINGS, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains(message);
        assertThat(server.log().entries().getFirst().state()).isEqualTo(ModelLog.State.REFUSED);
    }

    private JsonNode vector(String fields) {
        return Json.at(caller.post(ModelCaller.EMBEDDINGS, "{'model':'e'," + fields + "}").body(), "data").path(0)
                .path("embedding");
    }

    private static double cosine(JsonNode one, JsonNode other) {
        double sum = 0;
        for (int index = 0; index < one.size(); index++) {
            sum += one.path(index).asDouble(0) * other.path(index).asDouble(0);
        }
        return sum;
    }
}
