package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.CallId;
import dev.penstock.contract.quota.CallRow;
import dev.penstock.contract.quota.KeyMade;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The client that most applications use, as its authors publish it: nothing of it is changed, only told another address. */
@Timeout(300)
class OpenAiClientTest {

    private static final String CLIENT = "openai@6.49.0";

    private static Lab lab;
    private static JsonNode seen;

    @BeforeAll
    static void callEverythingOnce() throws IOException, InterruptedException {
        lab = new Lab(RunningPenstock.shared(), "openai");
        KeyMade oneAtATime = lab.key("one at a time");
        lab.limitKey(oneAtATime, Meter.CONCURRENCY, Window.NOW, BigInteger.ONE);
        seen = new NodeClient(CLIENT, "openai-client").call(lab.gateway() + "/v1", lab.key("openai").secret(), Lab.CHAT, Lab.EMBEDDINGS, oneAtATime.secret());
    }

    @Test
    void modelsAreListedAndFound() {
        assertThat(seen.get("models").valueStream().map(JsonNode::asString)).contains(Lab.CHAT, Lab.EMBEDDINGS);
        assertThat(seen.get("model").asString()).isEqualTo(Lab.CHAT);
    }

    @Test
    void aPlainCallIsAnsweredWithTheUsageThatIsBooked() {
        JsonNode plain = seen.get("plain");
        assertThat(plain.get("text").asString()).isNotBlank();
        assertThat(plain.get("finish").asString()).isIn("stop", "length");
        booked(plain);
    }

    @Test
    void aStreamThatDidNotAskForUsageShowsNoneAndIsBookedAllTheSame() {
        JsonNode streamed = seen.get("streamed");
        assertThat(streamed.get("text").asString()).isNotBlank();
        assertThat(streamed.get("withUsage").asInt()).isZero();
        assertThat(streamed.get("withoutChoices").asInt()).isZero();
        CallRow row = lab.row(CallId.of(streamed.get("call").asString()));
        assertThat(row.output()).isPositive();
        assertThat(row.estimated()).isFalse();
    }

    @Test
    void aStreamThatAskedForUsageShowsItOnceAndItIsBooked() {
        JsonNode streamed = seen.get("streamedWithUsage");
        assertThat(streamed.get("withUsage").asInt()).isEqualTo(1);
        assertThat(streamed.get("withoutChoices").asInt()).isEqualTo(1);
        booked(streamed);
    }

    @Test
    void aToolIsCalledAndItsAnswerIsUnderstood() {
        assertThat(seen.at("/withTool/finish").asString()).isEqualTo("tool_calls");
        for (String way : List.of("withTool", "responseWithTool")) {
            assertThat(seen.get(way).get("name").asString()).as(way).isEqualTo("weather");
            assertThat(seen.get(way).get("input").has("city")).as(way).isTrue();
            assertThat(seen.get(way).get("answer").asString()).as(way).contains("Sun and 24 degrees");
        }
    }

    @Test
    void anAnswerByASchemaHasItsForm() {
        assertThat(seen.get("structured").propertyNames()).containsExactly("depth");
        assertThat(seen.at("/structured/depth").isIntegralNumber()).isTrue();
    }

    @Test
    void responsesAreAnsweredWithTheUsageThatIsBooked() {
        JsonNode response = seen.get("response");
        assertThat(response.get("text").asString()).isNotBlank();
        assertThat(response.get("id").asString()).isEqualTo("resp_" + response.get("call").asString());
        assertThat(response.get("status").asString()).isIn("completed", "incomplete");
        booked(response);
        JsonNode streamed = seen.get("responseStreamed");
        assertThat(streamed.get("text").asString()).isNotBlank().isEqualTo(streamed.get("whole").asString());
        booked(streamed);
        assertThat(seen.at("/keptResponse/thrown").asString()).isEqualTo("BadRequestError");
        assertThat(seen.at("/keptResponse/param").asString()).isEqualTo("previous_response_id");
    }

    @Test
    void embeddingsAreDecodedByTheClientsOwnRules() {
        JsonNode embedded = seen.get("embedded");
        assertThat(embedded.get("vectors").asInt()).isEqualTo(2);
        assertThat(embedded.get("dimensions").asInt()).isPositive();
        assertThat(embedded.get("number").asString()).isEqualTo("number");
        CallRow row = lab.row(CallId.of(embedded.get("call").asString()));
        assertThat(row.input() + row.cacheRead() + row.cacheWrite()).isEqualTo(embedded.at("/usage/prompt_tokens").asLong());
        assertThat(row.output()).isZero();
    }

    @Test
    void anAbortedStreamIsBookedWithWhatTheModelCountedAndNotWithItsBound() {
        JsonNode aborted = seen.get("aborted");
        CallRow row = lab.row(CallId.of(aborted.get("call").asString()));
        assertThat(row.status()).isEqualTo(499);
        assertThat(row.output()).isBetween(aborted.get("chunks").asLong(), 399L);
    }

    @Test
    void whoIsToldToWaitComesAgainByItselfAndNotSooner() {
        JsonNode waited = seen.get("toldToWait");
        List<Integer> statuses = waited.get("statuses").valueStream().map(JsonNode::asInt).toList();
        assertThat(statuses).startsWith(200, 429).endsWith(200).containsOnly(200, 429).hasSizeGreaterThan(2);
        assertThat(waited.get("pauses").size()).isEqualTo(waited.get("waits").size());
        for (int time = 0; time < waited.get("waits").size(); time++) {
            assertThat(waited.get("waits").get(time).asDouble()).isGreaterThanOrEqualTo(1);
            assertThat(waited.get("pauses").get(time).asDouble()).isGreaterThanOrEqualTo(waited.get("waits").get(time).asDouble() - 1);
        }
        assertThat(waited.get("text").asString()).isNotBlank();
    }

    @Test
    void errorsAreTheClientsOwn() {
        assertThat(seen.get("unknownModel").get("thrown").asString()).isEqualTo("NotFoundError");
        assertThat(seen.get("unknownModel").get("code").asString()).isEqualTo("model_not_found");
        assertThat(seen.get("unknownKey").get("thrown").asString()).isEqualTo("AuthenticationError");
        assertThat(seen.get("unknownKey").get("code").asString()).isEqualTo("invalid_api_key");
        assertThat(seen.get("badNumber").get("thrown").asString()).isEqualTo("BadRequestError");
        assertThat(seen.get("badNumber").get("param").asString()).isEqualTo("max_tokens");
    }

    private static void booked(JsonNode call) {
        CallRow row = lab.row(CallId.of(call.get("call").asString()));
        assertThat(row.status()).isEqualTo(200);
        assertThat(row.input() + row.cacheRead() + row.cacheWrite()).isEqualTo(call.at("/usage/prompt_tokens").asLong());
        assertThat(row.output()).isEqualTo(call.at("/usage/completion_tokens").asLong()).isPositive();
    }
}
