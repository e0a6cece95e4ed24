package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.http.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Answers in the forms the API has; each says that it comes from a simulator. */
final class Replies {

    static final Map<String, String> JSON = labelled("application/json");
    static final Map<String, String> EVENTS = labelled("text/event-stream; charset=utf-8");

    private Replies() {
    }

    static Map<String, String> labelled(String contentType) {
        return Map.of("Content-Type", contentType, "x-simulator", "penstock");
    }

    static void json(Exchange exchange, int status, JsonNode body) throws IOException {
        exchange.respond(status, JSON, Json.MAPPER.writeValueAsBytes(body));
    }

    static void text(Exchange exchange, int status, String contentType, String body) throws IOException {
        exchange.respond(status, labelled(contentType), body.getBytes(StandardCharsets.UTF_8));
    }

    /** In the form that belongs to the path. */
    static void failure(Exchange exchange, ModelFailure failure) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>(JSON);
        if (failure.retryAfterSeconds() > 0) {
            headers.put("Retry-After", Integer.toString(failure.retryAfterSeconds()));
        }
        exchange.respond(failure.status(), headers, Json.MAPPER.writeValueAsBytes(isOfMessages(exchange) ? failure.messageBody() : failure.body()));
    }

    static boolean isOfMessages(Exchange exchange) {
        return exchange.request().path().startsWith("/v1/messages");
    }
}
