package dev.penstock.standalone.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls models through the gateway as an application does: JSON over HTTP, a bearer, nothing of ours. */
public final class ModelClient {

    private static final Duration LONGEST_CALL = Duration.ofMinutes(2);
    private static final String DATA = "data: ";
    private static final String DONE = "[DONE]";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI gateway;
    private final Map<String, String> headers;

    private ModelClient(URI gateway, Map<String, String> headers) {
        this.gateway = gateway;
        this.headers = headers;
    }

    public static ModelClient withKey(Directory directory, String key) {
        return new ModelClient(directory.url("gateway"), Map.of("Authorization", "Bearer " + key));
    }

    /** A person's own sign-in in the place of a key. */
    public static ModelClient asPerson(Directory directory, String token, String project) {
        return new ModelClient(directory.url("gateway"), Map.of("Authorization", "Bearer " + token, "x-penstock-project", project));
    }

    /** One question, answered at once. */
    public ModelAnswer chat(String model, String question, int mostTokens) {
        return send("/v1/chat/completions", question(model, question, mostTokens));
    }

    public ModelAnswer embed(String model, String text) {
        return send("/v1/embeddings", Map.of("model", model, "input", text));
    }

    public ModelAnswer models() {
        return read(request("/v1/models").build(), HttpResponse.BodyHandlers.ofString(), Completed::of);
    }

    /**
     * One question, answered piece by piece.
     *
     * @param pieces gets each piece of text as it arrives
     */
    public ModelAnswer stream(String model, String question, int mostTokens, Consumer<String> pieces) {
        Map<String, Object> body = new LinkedHashMap<>(question(model, question, mostTokens));
        body.put("stream", true);
        body.put("stream_options", Map.of("include_usage", true));
        return read(post("/v1/chat/completions", body), HttpResponse.BodyHandlers.ofLines(), answer -> Streamed.of(answer, pieces));
    }

    private static Map<String, Object> question(String model, String question, int mostTokens) {
        return Map.of("model", model, "max_tokens", mostTokens, "messages", List.of(Map.of("role", "user", "content", question)));
    }

    private ModelAnswer send(String path, Map<String, Object> body) {
        return read(post(path, body), HttpResponse.BodyHandlers.ofString(), Completed::of);
    }

    private HttpRequest post(String path, Map<String, Object> body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path)).timeout(LONGEST_CALL);
        headers.forEach(request::header);
        return request;
    }

    private <B> ModelAnswer read(HttpRequest request, HttpResponse.BodyHandler<B> form, Reading<B> reading) {
        try {
            return reading.read(http.send(request, form));
        } catch (IOException e) {
            throw new UncheckedIOException("calling " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while calling " + request.uri(), e);
        }
    }

    private interface Reading<B> {
        ModelAnswer read(HttpResponse<B> answer);
    }

    /** An answer that comes as one document. */
    private static final class Completed {

        static ModelAnswer of(HttpResponse<String> answer) {
            JsonNode body = JsonMapper.shared().readTree(answer.body());
            String text = body.path("choices").path(0).path("message").path("content").asString("");
            return new ModelAnswer(answer.statusCode(), answer.headers(), text, body.path("usage"), body);
        }
    }

    /** An answer that comes as events. A refusal comes as one document all the same. */
    private static final class Streamed {

        static ModelAnswer of(HttpResponse<Stream<String>> answer, Consumer<String> pieces) {
            if (answer.statusCode() != 200) {
                try (Stream<String> lines = answer.body()) {
                    JsonNode body = JsonMapper.shared().readTree(String.join("\n", lines.toList()));
                    return new ModelAnswer(answer.statusCode(), answer.headers(), "", body.path("usage"), body);
                }
            }
            StringBuilder text = new StringBuilder();
            JsonNode last = JsonMapper.shared().missingNode();
            try (Stream<String> lines = answer.body()) {
                for (String line : (Iterable<String>) lines::iterator) {
                    if (line.startsWith(DATA) && !line.endsWith(DONE)) {
                        last = JsonMapper.shared().readTree(line.substring(DATA.length()));
                        String piece = last.path("choices").path(0).path("delta").path("content").asString("");
                        if (!piece.isEmpty()) {
                            text.append(piece);
                            pieces.accept(piece);
                        }
                    }
                }
            }
            return new ModelAnswer(answer.statusCode(), answer.headers(), text.toString(), last.path("usage"), last);
        }
    }
}
