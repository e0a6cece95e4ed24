package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.CallId;
import dev.penstock.contract.quota.CallRow;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Anthropic's own client, told another address and key: models that speak chat completions answer it, and it cannot tell. */
@Timeout(300)
class AnthropicClientTest {

    private static final String CLIENT = "@anthropic-ai/sdk@1.12.0";

    private static Lab lab;
    private static JsonNode seen;

    @BeforeAll
    static void callEverythingOnce() throws IOException, InterruptedException {
        lab = new Lab(RunningPenstock.shared(), "anthropic");
        seen = new NodeClient(CLIENT, "anthropic-client").call(lab.gateway(), lab.key("anthropic").secret(), Lab.CHAT);
    }

    @Test
    void modelsAreListedAndFound() {
        assertThat(seen.get("models").valueStream().map(JsonNode::asString)).contains(Lab.CHAT);
        assertThat(seen.get("model").asString()).isEqualTo(Lab.CHAT);
    }

    @Test
    void aPlainCallIsAnsweredWithTheUsageThatIsBooked() {
        assertThat(seen.at("/plain/text").asString()).isNotBlank();
        assertThat(seen.at("/plain/stop").asString()).isIn("end_turn", "max_tokens");
        booked(seen.get("plain"));
    }

    @Test
    void whatIsCountedBeforehandIsWhatTheCallThenHas() {
        JsonNode usage = seen.at("/plain/usage");
        assertThat(seen.at("/counted/tokens").asLong()).isEqualTo(usage.path("input_tokens").asLong() + usage.path("cache_read_input_tokens").asLong()).isPositive();
        assertThat(lab.row(CallId.of(seen.at("/counted/call").asString())).output()).isZero();
    }

    @Test
    void aStreamIsPutTogetherByTheClientAndBooked() {
        assertThat(seen.at("/streamed/text").asString()).isNotBlank().isEqualTo(seen.at("/streamed/whole").asString());
        booked(seen.get("streamed"));
    }

    @Test
    void aToolIsCalledInAStreamAndItsAnswerIsUnderstood() {
        JsonNode tool = seen.get("withTool");
        assertThat(tool.get("stop").asString()).isEqualTo("tool_use");
        assertThat(tool.get("name").asString()).isEqualTo("weather");
        assertThat(tool.get("input").path("city").isString()).isTrue();
        assertThat(tool.get("answer").asString()).contains("Sun and 24 degrees");
    }

    @Test
    void anAbortedStreamIsBookedWithWhatTheModelCountedAndNotWithItsBound() {
        JsonNode aborted = seen.get("aborted");
        CallRow row = lab.row(CallId.of(aborted.get("call").asString()));
        assertThat(row.status()).isEqualTo(499);
        assertThat(row.output()).isBetween(aborted.get("chunks").asLong(), 399L);
    }

    @Test
    void errorsAreTheClientsOwn() {
        assertThat(error("unknownModel")).isEqualTo("NotFoundError 404 not_found_error");
        assertThat(error("unknownKey")).isEqualTo("AuthenticationError 401 authentication_error");
        assertThat(error("badNumber")).isEqualTo("BadRequestError 400 invalid_request_error");
        assertThat(CallId.of(seen.at("/unknownModel/call").asString())).as("the request's id, as the client found it").isNotNull();
    }

    private static String error(String call) {
        JsonNode error = seen.get(call);
        return error.get("thrown").asString() + " " + error.get("status").asInt() + " " + error.get("type").asString();
    }

    private static void booked(JsonNode call) {
        CallRow row = lab.row(CallId.of(call.get("call").asString()));
        assertThat(row.status()).isEqualTo(200);
        assertThat(row.input()).isEqualTo(call.at("/usage/input_tokens").asLong());
        assertThat(row.cacheRead()).isEqualTo(call.at("/usage/cache_read_input_tokens").asLong());
        assertThat(row.output()).isEqualTo(call.at("/usage/output_tokens").asLong()).isPositive();
    }
}
