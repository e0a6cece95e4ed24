package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.quota.gateway.wire.Operation;
import dev.penstock.quota.upstream.Upstreams;
import dev.penstock.simulators.model.ModelPace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a collector is told of calls, and that no call minds how the collector does. */
class SpansTest {

    private static final RunningService SERVICE = RunningService.get();
    private static final String SECRET = "a canary in the prompt";
    private static final String CALL = TestGateway.HELLO.replace("Hello there", SECRET);

    /** Takes what it is told, and answers with that status. */
    private record Collector(HttpServer server, List<String> told) implements AutoCloseable {

        static Collector answering(int status) throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            List<String> told = new CopyOnWriteArrayList<>();
            server.createContext("/v1/traces", exchange -> {
                told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            server.start();
            return new Collector(server, told);
        }

        SpanSettings settings() {
            return new SpanSettings(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces"), 1, 100, Duration.ofSeconds(1), false);
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static OwnGateway gateway(SpanSettings spans) {
        return new OwnGateway(SERVICE, SERVICE.bean(Upstreams.class), spans);
    }

    @Test
    void aCollectorIsToldOfACallAndItsAttemptAndNothingThatWasSaid() throws IOException {
        try (Collector collector = Collector.answering(200); OwnGateway own = gateway(collector.settings());
                TestGateway gateway = new TestGateway(SERVICE, own.port(), ModelPace.quick())) {
            Reply reply = gateway.sendHere(gateway.key, "POST", "/v1/chat/completions", CALL);
            assertThat(reply.status()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(10)).until(() -> String.join("", collector.told()), told -> told.contains(reply.call()) && told.contains("penstock.attempt"));
            String all = String.join("", collector.told());
            assertThat(all).contains(
                    "penstock-quota-service", "gen_ai.operation.name", "chat " + TestGateway.CHAT, "served-chat", "gen_ai.usage.output_tokens", "gen_ai.usage.reasoning.output_tokens", gateway.tenant.id().toString(),
                    gateway.chatEndpoint.toString());
            assertThat(all).doesNotContain(SECRET, gateway.key, TestGateway.ENGINE_KEY);
            // Engines of ours may go on with the trace.
            assertThat(gateway.chat.log().entries(reply.call())).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 302, 404})
    void callsAreAnsweredWhateverTheCollectorSays(int status) throws IOException {
        try (Collector collector = Collector.answering(status); OwnGateway own = gateway(collector.settings());
                TestGateway gateway = new TestGateway(SERVICE, own.port(), ModelPace.quick())) {
            assertThat(gateway.sendHere(gateway.key, "POST", "/v1/chat/completions", CALL).status()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(10)).until(() -> !collector.told().isEmpty());
            assertThat(gateway.sendHere(gateway.key, "POST", "/v1/chat/completions", CALL).status()).isEqualTo(200);
        }
    }

    private static SpanSettings settings(int queue, boolean trust) {
        return new SpanSettings(null, 1, queue, Duration.ofSeconds(1), trust);
    }

    private static CallTrace begin(Traces traces, @Nullable String traceparent) {
        return traces.begin(Operation.CHAT, "0198c2f0-7c1e-7a3b-9d1f-3b6a0d1c2e4f", name -> name.equals("traceparent") ? traceparent : null);
    }

    private static List<SpanData> spans(boolean trust, @Nullable String traceparent) {
        InMemorySpanExporter told = InMemorySpanExporter.create();
        try (Traces traces = Traces.to(keeping(told), settings(10, trust), new GatewayMetrics(new SimpleMeterRegistry()))) {
            begin(traces, traceparent).ended(new Course(), 404);
        }
        return told.getFinishedSpanItems();
    }

    /** Shutting it down would forget what it was told. */
    private static SpanExporter keeping(InMemorySpanExporter told) {
        return new SpanExporter() {

            @Override
            public CompletableResultCode export(Collection<SpanData> spans) {
                return told.export(spans);
            }

            @Override
            public CompletableResultCode flush() {
                return told.flush();
            }

            @Override
            public CompletableResultCode shutdown() {
                return CompletableResultCode.ofSuccess();
            }
        };
    }

    @Test
    void aRefusedCallIsASpanWithAnError() {
        SpanData span = spans(false, null).getFirst();
        assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(span.getName()).isEqualTo("chat");
        assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type"))).isEqualTo("404");
        assertThat(span.getAttributes().get(AttributeKey.longKey("http.response.status_code"))).isEqualTo(404);
    }

    @Test
    void aClientsTraceIsGoneOnWithOnlyWhereItIsTrusted() {
        String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        assertThat(spans(true, parent).getFirst().getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(spans(false, parent).getFirst().getTraceId()).isNotEqualTo("0af7651916cd43dd8448eb211c80319c");
        for (String bad : List.of("", "00-xyz", "00-00000000000000000000000000000000-b7ad6b7169203331-01", "x".repeat(8_000))) {
            assertThat(spans(true, bad)).as(bad).hasSize(1);
        }
    }

    /** It takes nothing for as long as it likes: what waits has an end, and the rest is counted. */
    @Test
    void aCollectorThatHangsHoldsUpNobodyAndWhatIsLostIsCounted() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        AtomicInteger asked = new AtomicInteger();
        SpanExporter hangs = new SpanExporter() {

            @Override
            public CompletableResultCode export(Collection<SpanData> spans) {
                asked.incrementAndGet();
                return new CompletableResultCode();
            }

            @Override
            public CompletableResultCode flush() {
                return new CompletableResultCode();
            }

            @Override
            public CompletableResultCode shutdown() {
                return CompletableResultCode.ofSuccess();
            }
        };
        long began = System.nanoTime();
        try (Traces traces = Traces.to(hangs, settings(50, false), new GatewayMetrics(registry))) {
            IntStream.range(0, 500).forEach(i -> begin(traces, null).ended(new Course(), 200));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
            assertThat(registry.get("penstock.gateway.spans.lost").counter().count()).isGreaterThanOrEqualTo(450);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
        assertThat(asked).hasPositiveValue();
    }

    @Test
    void withoutACollectorThereAreNone() {
        try (Traces none = Traces.of(settings(1, false), new GatewayMetrics(new SimpleMeterRegistry()))) {
            assertThat(begin(none, null)).isSameAs(CallTrace.NONE);
        }
    }
}
