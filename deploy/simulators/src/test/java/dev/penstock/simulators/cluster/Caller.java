package dev.penstock.simulators.cluster;

import dev.penstock.simulators.cluster.tree.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls a simulated cluster by plain HTTP, as any client would. */
record Caller(HttpClient http, String url, String token) {

    static final String APPLY = "application/apply-patch+yaml";
    static final String MERGE = "application/merge-patch+json";
    static final String STRATEGIC = "application/strategic-merge-patch+json";
    static final String JSON_PATCH = "application/json-patch+json";

    /** An answer: status, headers and the body as JSON. */
    record Answer(int status, HttpResponse<byte[]> response, JsonNode body) {

        String message() {
            return Json.text(body, "message");
        }

        String reason() {
            return Json.text(body, "reason");
        }

        ObjectNode object() {
            return (ObjectNode) body;
        }
    }

    static Caller of(SimCluster cluster) {
        return new Caller(HttpClient.newHttpClient(), cluster.url(), cluster.token());
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String body) {
        return send(request(path).header("Content-Type", "application/json").POST(publisher(body)));
    }

    Answer put(String path, String body) {
        return send(request(path).header("Content-Type", "application/json").PUT(publisher(body)));
    }

    Answer patch(String path, String type, String body) {
        return send(request(path).header("Content-Type", type).method("PATCH", publisher(body)));
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer delete(String path, String options) {
        return send(request(path).method("DELETE", publisher(options)));
    }

    /** Server-side apply. */
    Answer apply(String path, String manager, boolean force, String body) {
        return patch(path + "?fieldManager=" + manager + "&force=" + force, APPLY, body);
    }

    /** The events of a watch, as lines; the stream ends with the watch. */
    BufferedReader watch(String path) {
        try {
            HttpResponse<InputStream> response = http.send(request(path).GET().build(), BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new AssertionError("watch answered " + response.statusCode());
            }
            return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** The next event of a watch. */
    static JsonNode next(BufferedReader events) {
        try {
            String line = events.readLine();
            return line == null ? Json.object() : Json.MAPPER.readTree(line);
        } catch (IOException ended) {
            return Json.object();
        }
    }

    /** Follows one object by a watch until it is as expected. */
    ObjectNode await(String collection, String name, Predicate<ObjectNode> expected) {
        return await(collection + "?fieldSelector=metadata.name%3D" + name, expected);
    }

    /** Of those that the selector lets through. */
    ObjectNode await(String selection, Predicate<ObjectNode> expected) {
        JsonNode last = Json.object();
        try (BufferedReader events = watch(selection + "&watch=true&timeoutSeconds=20")) {
            for (JsonNode event = next(events); !event.isEmpty(); event = next(events)) {
                last = event.path("object");
                if (!Json.text(event, "type").equals("DELETED") && expected.test((ObjectNode) last)) {
                    return (ObjectNode) last;
                }
            }
        } catch (IOException closing) {
            throw new UncheckedIOException(closing);
        }
        throw new AssertionError(selection + " never became as expected; it was last " + last);
    }

    /** Follows one object by a watch until it is gone. */
    void awaitGone(String collection, String name) {
        String version = Json.text(get(collection).body(), "metadata", "resourceVersion");
        if (get(collection + "/" + name).status() == 404) {
            return;
        }
        try (BufferedReader events = watch(collection + "?watch=true&timeoutSeconds=20&resourceVersion=" + version
                + "&fieldSelector=metadata.name%3D" + name)) {
            for (JsonNode event = next(events); !event.isEmpty(); event = next(events)) {
                if (Json.text(event, "type").equals("DELETED")) {
                    return;
                }
            }
        } catch (IOException closing) {
            throw new UncheckedIOException(closing);
        }
        throw new AssertionError(collection + "/" + name + " is still there: " + get(collection + "/" + name).body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.BodyPublisher publisher(String body) {
        // Tests write JSON with single quotes, which is easier on the eye.
        return HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(response.statusCode(), response,
                    json ? Json.MAPPER.readTree(response.body()) : Json.object());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
