package dev.penstock.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asked by the JDK's own client, which reads HTTP in a way of its own. */
class UpstreamTest {

    private static final int CHUNKS = 20;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Upstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = Upstream.start(new Script(700, Duration.ofMillis(1), CHUNKS, Duration.ofMillis(2)));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        upstream.close();
    }

    @Test
    void aWholeAnswerHasTheScriptsBytesAndUsage() throws Exception {
        HttpResponse<String> answer = ask(Work.chat("bench"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSize(700).startsWith("{\"id\":").contains("\"usage\":{\"prompt_tokens\":100,\"total_tokens\":164,\"completion_tokens\":64}").endsWith("}");
    }

    @Test
    void everyChunkOfAStreamHasItsNumberAndUsage() throws Exception {
        List<String> events = List.of(ask(Work.stream("bench")).body().split("\n\n"));
        assertThat(events).hasSize(CHUNKS + 2).last().isEqualTo("data: [DONE]");
        assertThat(IntStream.range(0, CHUNKS)).allSatisfy(i -> assertThat(events.get(i))
                .contains("\" #" + i + "/20 \"").contains("\"usage\":{\"prompt_tokens\":100,\"total_tokens\":" + (101 + i) + ",\"completion_tokens\":" + (i + 1) + "}"));
        assertThat(events.get(CHUNKS)).contains("\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"total_tokens\":120,\"completion_tokens\":20}");
    }

    @Test
    void everybodyGetsTheSameBytes() throws Exception {
        assertThat(ask(Work.stream("bench")).body()).isEqualTo(ask(Work.stream("bench")).body());
    }

    @Test
    void aStreamLastsAsLongAsItsScript() throws Exception {
        long asked = System.nanoTime();
        ask(Work.stream("bench"));
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThan(Duration.ofMillis(1 + 2 * CHUNKS));
    }

    @Test
    void itIsHealthyHasAModelAndNoMetrics() throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/v1/models").body()).contains("\"id\":\"bench\"");
        assertThat(get("/metrics").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> ask(Work work) throws IOException, InterruptedException {
        return client.send(to(work.path()).POST(BodyPublishers.ofByteArray(work.body())).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(to(path).GET().build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + upstream.port() + path));
    }
}
