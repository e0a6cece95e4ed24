package dev.penstock.ui.backend;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads why the gateway did not answer a call. */
final class Refusal {

    private final JsonMapper json;

    Refusal(JsonMapper json) {
        this.json = json;
    }

    CallEnd.Refused read(HttpResponse<?> response, byte[] body) {
        JsonNode error = error(body);
        String message = text(error, "message");
        return new CallEnd.Refused(
                response.statusCode(),
                text(error, "code"),
                message == null ? "The gateway answered with status " + response.statusCode() + "." : message,
                response.headers().firstValue("x-penstock-limit-owner").orElse(null),
                response.headers().firstValue("retry-after-ms").map(Refusal::millis).orElse(null));
    }

    private JsonNode error(byte[] body) {
        try {
            return json.readTree(body).path("error");
        } catch (JacksonException notJson) {
            return json.createObjectNode(); // A proxy between us answered, with a page of its own.
        }
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.path(name).isString() ? node.path(name).stringValue() : null;
    }

    private static @Nullable Duration millis(String header) {
        try {
            return Duration.ofMillis(Long.parseLong(header.strip()));
        } catch (NumberFormatException notOurs) {
            return null;
        }
    }
}
