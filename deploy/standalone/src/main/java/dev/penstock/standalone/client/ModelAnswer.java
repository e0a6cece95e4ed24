package dev.penstock.standalone.client;

import dev.penstock.contract.CallId;
import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/**
 * What the gateway answered.
 *
 * @param text what the model said; empty for a refusal
 * @param usage the usage object the caller was told; missing when there is none
 * @param body the whole answer, or the last event of a stream
 */
public record ModelAnswer(int status, HttpHeaders headers, String text, JsonNode usage, JsonNode body) {

    /** The body, but for the call's own id in an error: what two refusals have in common. */
    public String words() {
        return body.toString().replace(body.at("/error/request_id").asString(), "");
    }

    /** The call's id, by which its row in the books is found. */
    public CallId call() {
        return CallId.of(header("x-request-id"));
    }

    /** Empty if the answer does not carry it. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public long inputTokens() {
        return usage.path("prompt_tokens").asLong(0);
    }

    public long outputTokens() {
        return usage.path("completion_tokens").asLong(0);
    }

    /** The code of an error in OpenAI's form; empty if it has none. */
    public String errorCode() {
        return body.path("error").path("code").asString("");
    }

    /** The sentence of an error in OpenAI's form; empty if there is none. */
    public String errorMessage() {
        return body.path("error").path("message").asString("");
    }
}
