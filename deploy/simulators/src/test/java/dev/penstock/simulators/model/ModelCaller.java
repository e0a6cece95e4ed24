package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Calls a model server by plain HTTP, as any client would. */
record ModelCaller(HttpClient http, String url) {

    static final String CHAT = "/v1/chat/completions";
    static final String COMPLETIONS = "/v1/completions";
    static final String EMBEDDINGS = "/v1/embeddings";
    static final String RERANK = "/v1/rerank";

    /** An answer in one piece. */
    record Answer(int status, HttpResponse<byte[]> response, String text) {

        JsonNode body() {
            return Json.MAPPER.readTree(text);
        }

        JsonNode choice(int index) {
            return body().path("choices").path(index);
        }

        String error() {
            return Json.text(body(), "error", "message");
        }
    }

    /** A stream that was read to its end. */
    record Stream(List<String> data) {

        /** Its events, without the one that ends it. */
        List<JsonNode> events() {
            return data.stream().filter(one -> !one.equals("[DONE]")).map(Json.MAPPER::readTree).toList();
        }

        boolean isDone() {
            return !data.isEmpty() && data.getLast().equals("[DONE]");
        }

        /** What one of the answers says in all. */
        String text(int index) {
            return events().stream().flatMap(event -> Json.objects(event, "choices").stream())
                    .filter(choice -> choice.path("index").asInt(-1) == index)
                    .map(choice -> Json.text(choice, "delta", "content") + Json.text(choice, "text"))
                    .collect(Collectors.joining());
        }

        List<JsonNode> usages() {
            return events().stream().filter(event -> event.has("usage")).map(event -> event.path("usage")).toList();
        }
    }

    static ModelCaller of(SimModelServer server) {
        return new ModelCaller(HttpClient.newHttpClient(), server.url());
    }

    Answer get(String path) {
        return send(request(path, Map.of()).GET());
    }

    Answer post(String path, String body) {
        return post(path, body, Map.of());
    }

    Answer post(String path, String body, Map<String, String> headers) {
        return send(request(path, headers).POST(publisher(body)));
    }

    Answer delete(String path) {
        return send(request(path, Map.of()).DELETE());
    }

    /** Reads a stream to its end. */
    Stream stream(String path, String body, Map<String, String> headers) {
        try (InputStream in = open(path, body, headers)) {
            return new Stream(dataOf(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Begins a stream; closing it is leaving. */
    InputStream open(String path, String body, Map<String, String> headers) {
        try {
            return http.send(request(path, headers).POST(publisher(body)).build(), BodyHandlers.ofInputStream()).body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    static List<String> dataOf(String text) {
        List<String> data = new ArrayList<>();
        for (String event : text.split("\n\n")) {
            if (event.startsWith("data: ")) {
                data.add(event.substring("data: ".length()));
            }
        }
        return data;
    }

    private HttpRequest.Builder request(String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(20));
        if (!headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        return request;
    }

    private static HttpRequest.BodyPublisher publisher(String body) {
        // Tests write JSON with single quotes, which is easier on the eye.
        return HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response, new String(response.body(), StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
