package dev.penstock.simulators.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.simulators.cluster.tree.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WatchTest extends ClusterTest {

    private static final String MAPS = "/api/v1/namespaces/team/configmaps";

    @Override
    SimClusterSettings settings() {
        return SimClusterSettings.quick(UUID.randomUUID().toString()).withHistory(60).withBookmarks(Duration.ofMillis(50));
    }

    private String version() {
        return Json.text(caller.get(MAPS).body(), "metadata", "resourceVersion");
    }

    private void map(String name, String labels) {
        caller.post(MAPS, "{'metadata':{'name':'" + name + "','labels':" + labels + "}}");
    }

    private static String brief(JsonNode event) {
        return Json.text(event, "type") + " " + Json.text(event, "object", "metadata", "name");
    }

    @Test
    void aWatchFromAVersionTellsEverythingSinceInOrder() throws IOException {
        String from = version();
        map("a", "{}");
        caller.patch(MAPS + "/a", Caller.MERGE, "{'data':{'k':'v'}}");
        try (BufferedReader events = caller.watch(MAPS + "?watch=true&resourceVersion=" + from)) {
            assertThat(brief(Caller.next(events))).isEqualTo("ADDED a");
            assertThat(brief(Caller.next(events))).isEqualTo("MODIFIED a");
            caller.delete(MAPS + "/a");
            assertThat(brief(Caller.next(events))).isEqualTo("DELETED a");
        }
    }

    @Test
    void aSelectiveWatcherSeesObjectsComeAndGoWithTheirLabels() throws IOException {
        try (BufferedReader events = caller.watch(MAPS + "?watch=true&labelSelector=mine%3Dyes&resourceVersion=" + version())) {
            map("a", "{'mine':'no'}");
            caller.patch(MAPS + "/a", Caller.MERGE, "{'metadata':{'labels':{'mine':'yes'}}}");
            assertThat(brief(Caller.next(events))).isEqualTo("ADDED a");
            caller.patch(MAPS + "/a", Caller.MERGE, "{'metadata':{'labels':{'mine':'no'}}}");
            JsonNode gone = Caller.next(events);
            assertThat(brief(gone)).isEqualTo("DELETED a");
            assertThat(Json.text(gone, "object", "metadata", "labels", "mine")).isEqualTo("yes");
        }
    }

    @Test
    void aVersionOlderThanTheHistoryIsGone() throws IOException {
        String old = version();
        for (int index = 0; index < 70; index++) {
            map("m-" + index, "{}");
        }
        try (BufferedReader events = caller.watch(MAPS + "?watch=true&resourceVersion=" + old)) {
            JsonNode event = Caller.next(events);
            assertThat(Json.text(event, "type")).isEqualTo("ERROR");
            assertThat(Json.text(event, "object", "code")).isEqualTo("410");
            assertThat(Json.text(event, "object", "reason")).isEqualTo("Expired");
            assertThat(events.readLine()).isNull();
        }
    }

    @Test
    void aVersionThatHasNotBeenYetIsRefused() throws IOException {
        try (BufferedReader events = caller.watch(MAPS + "?watch=true&resourceVersion=" + Long.MAX_VALUE)) {
            assertThat(Json.text(Caller.next(events), "object", "message")).startsWith("Timeout: Too large resource version");
        }
    }

    @Test
    void aQuietWatchIsToldHowFarItIsAndEndsInTime() throws IOException {
        String before = version();
        caller.post("/api/v1/namespaces/default/configmaps", "{'metadata':{'name':'elsewhere'}}");
        try (BufferedReader events = caller.watch(
                MAPS + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=1&resourceVersion=" + before)) {
            JsonNode bookmark = Caller.next(events);
            assertThat(Json.text(bookmark, "type")).isEqualTo("BOOKMARK");
            assertThat(Json.at(bookmark, "object", "metadata", "resourceVersion").asLong(0))
                    .isGreaterThan(Long.parseLong(before));
            assertThat(events.lines()).allMatch(line -> line.contains("BOOKMARK"));
        }
    }

    @Test
    void cutWatchesEndAndCanGoOnFromWhereTheyWere() throws IOException {
        String from = version();
        try (BufferedReader events = caller.watch(MAPS + "?watch=true&resourceVersion=" + from)) {
            cluster.cutWatches();
            assertThat(events.readLine()).isNull();
        }
        map("a", "{}");
        try (BufferedReader events = caller.watch(MAPS + "?watch=true&resourceVersion=" + from)) {
            assertThat(brief(Caller.next(events))).isEqualTo("ADDED a");
        }
    }

    @Test
    void aWatchWithoutAVersionBeginsWithWhatThereIs() throws IOException {
        map("a", "{}");
        try (BufferedReader events =
                caller.watch(MAPS + "?watch=true&fieldSelector=metadata.name%3Da")) {
            assertThat(brief(Caller.next(events))).isEqualTo("ADDED a");
        }
    }

    @Test
    void aWatchCanBeAWebSocket() throws InterruptedException {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        WebSocket socket = caller.http().newWebSocketBuilder()
                .header("Authorization", "Bearer " + cluster.token())
                .buildAsync(URI.create(cluster.url().replace("http:", "ws:") + MAPS + "?watch=true&resourceVersion=" + version()),
                        new Collecting(messages))
                .join();
        String large = "x".repeat(70_000);
        caller.post(MAPS, "{'metadata':{'name':'a'},'data':{'k':'" + large + "'}}");

        String event = messages.poll(10, TimeUnit.SECONDS);
        assertThat(event).isNotNull().contains("\"ADDED\"", large);
        cluster.cutWatches();
        assertThat(messages.poll(10, TimeUnit.SECONDS)).isEqualTo("closed 1000");
        socket.abort();
    }

    /** Collects whole messages, and the end. */
    private record Collecting(BlockingQueue<String> messages, StringBuilder part) implements WebSocket.Listener {

        Collecting(BlockingQueue<String> messages) {
            this(messages, new StringBuilder());
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                messages.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            messages.add("closed " + code);
            return null;
        }
    }
}
