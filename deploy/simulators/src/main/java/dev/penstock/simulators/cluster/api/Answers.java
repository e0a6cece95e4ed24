package dev.penstock.simulators.cluster.api;

import dev.penstock.simulators.cluster.store.ApiFailure;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.http.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Answers in the forms the API has. */
final class Answers {

    static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private Answers() {
    }

    static void json(Exchange exchange, int status, JsonNode body) throws IOException {
        exchange.respond(status, JSON, bytes(body));
    }

    /** As {@link #json}, with warnings for people who look. */
    static void json(Exchange exchange, int status, JsonNode body, List<String> warnings) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>(JSON);
        if (!warnings.isEmpty()) {
            headers.put("Warning", "299 - \"" + String.join("; ", warnings).replace("\"", "\\\"") + "\"");
        }
        exchange.respond(status, headers, bytes(body));
    }

    static void text(Exchange exchange, int status, String body) throws IOException {
        exchange.respond(status, Map.of("Content-Type", "text/plain"), body.getBytes(StandardCharsets.UTF_8));
    }

    static void failure(Exchange exchange, ApiFailure failure) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>(JSON);
        if (failure.retryAfterSeconds() > 0) {
            headers.put("Retry-After", Integer.toString(failure.retryAfterSeconds()));
        }
        exchange.respond(failure.code(), headers, bytes(failure.status()));
    }

    static byte[] bytes(JsonNode body) {
        return Json.MAPPER.writeValueAsBytes(body);
    }
}
