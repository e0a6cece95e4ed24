package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.simulators.model.ModelPace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A line a call for who wants it; nothing that a client sent is in it, and no call waits for it. */
class CallLogTest {

    private static final String CANARY = "planted-canary-0815";
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(CallLog.LOGGER);

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CountDownLatch slow = new CountDownLatch(1);
    private volatile boolean blocked;

    private final AppenderBase<ILoggingEvent> ear = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
            if (blocked) {
                passed(slow);
            }
        }
    };

    @BeforeEach
    void listen() {
        // Its start sets up logging anew, and who listened before hears no more.
        RunningService.get();
        ear.setContext(LOGGER.getLoggerContext());
        ear.start();
        LOGGER.addAppender(ear);
    }

    @AfterEach
    void leave() {
        LOGGER.detachAppender(ear);
    }

    @Test
    void aCallIsTold() {
        try (OwnGateway own = new OwnGateway("call-log=true"); TestGateway gateway = new TestGateway(RunningService.get(), own.port(), ModelPace.quick())) {
            Reply whole = gateway.chat(TestGateway.HELLO);
            JsonNode line = line(whole);
            assertThat(line.propertyNames()).containsExactlyInAnyOrder(
                    "at", "call", "tenant", "project", "key", "operation", "model", "status", "attempts", "millis", "firstByteMillis", "inputTokens",
                    "cachedTokens", "outputTokens", "bytesOut");
            assertThat(line.path("tenant").asString()).isEqualTo(gateway.tenant.id().toString());
            assertThat(line.path("project").asString()).isEqualTo(gateway.tenant.project().toString());
            assertThat(line.path("key").asString()).isEqualTo(keyOf(gateway));
            assertThat(line.path("operation").asString()).isEqualTo("chat");
            assertThat(line.path("model").asString()).isEqualTo(TestGateway.CHAT);
            assertThat(line.path("status").asInt()).isEqualTo(200);
            assertThat(line.path("attempts").asInt()).isEqualTo(1);
            assertThat(line.path("firstByteMillis").isNull()).isTrue();
            JsonNode usage = whole.json().path("usage");
            assertThat(line.path("inputTokens").asLong() + line.path("cachedTokens").asLong()).isEqualTo(usage.path("prompt_tokens").asLong());
            assertThat(line.path("outputTokens").asLong()).isEqualTo(usage.path("completion_tokens").asLong());
            assertThat(line.path("bytesOut").asLong()).isEqualTo(whole.http().body().getBytes(StandardCharsets.UTF_8).length);

            JsonNode stream = line(gateway.chat(TestGateway.HELLO.replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\"")));
            assertThat(stream.path("firstByteMillis").isNumber()).isTrue();
            assertThat(stream.path("firstByteMillis").asLong()).isBetween(0L, stream.path("millis").asLong());
        }
    }

    @Test
    void nothingThatAClientSentIsInIt() {
        try (OwnGateway own = new OwnGateway("call-log=true"); TestGateway gateway = new TestGateway(RunningService.get(), own.port(), ModelPace.quick())) {
            String prompt = TestGateway.HELLO.replace("Hello there", CANARY);
            List<Reply> replies = List.of(
                    gateway.chat(prompt),
                    gateway.chat(prompt.replace("vision/chat", "vision/" + CANARY)),
                    gateway.chat(prompt + CANARY),
                    gateway.sendHere("penstock_" + CANARY, "POST", "/v1/chat/completions?q=" + CANARY, prompt, "x-penstock-session", CANARY, "user-agent", CANARY),
                    gateway.sendHere(gateway.key, "POST", "/v1/chat/completions?q=" + CANARY, prompt, "x-penstock-session", CANARY, "user-agent", CANARY),
                    gateway.sendHere(gateway.key, "GET", "/v1/models/" + CANARY + "?q=" + CANARY, null),
                    gateway.sendHere(gateway.key, "GET", "/v1/" + CANARY, null));
            assertThat(replies.stream().map(Reply::status)).containsExactly(200, 404, 400, 401, 200, 404, 404);
            List<JsonNode> told = replies.stream().map(this::line).toList();
            assertThat(told.stream().map(line -> line.path("status").asInt())).containsExactly(200, 404, 400, 401, 200, 404, 404);
            assertThat(told.stream().map(line -> line.path("operation").asString())).containsExactly("chat", "chat", "chat", "chat", "chat", "models", "none");
            assertThat(told.stream().map(line -> line.path("model").asString("none"))).containsExactly(
                    TestGateway.CHAT, "none", "none", "none", TestGateway.CHAT, "none", "none");
            assertThat(told.stream().map(line -> line.path("tenant").isNull())).containsExactly(false, false, false, true, false, false, true);
            assertThat(String.join("\n", lines)).doesNotContain(CANARY, gateway.key, gateway.key.substring(21), TestGateway.ENGINE_KEY);
        }
    }

    @Test
    void whoeverDoesNotAskForItGetsNone() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (CallLog log = new CallLog(settings(Map.of()), new GatewayMetrics(registry))) {
            log.ended(() -> {
                throw new AssertionError("nobody asked for a line");
            });
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void aLogThatIsSlowLosesLinesAndDelaysNobody() {
        blocked = true;
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (CallLog log = new CallLog(settings(Map.of("penstock.gateway.call-log", "true", "penstock.gateway.call-log-queue", "1")), new GatewayMetrics(registry))) {
            log.ended(() -> made("first"));
            await().atMost(Duration.ofSeconds(30)).until(() -> lines.size() == 1);
            for (String call : List.of("second", "third", "fourth")) {
                log.ended(() -> made(call));
            }
            assertThat(registry.counter("penstock.gateway.call.log.dropped").count()).isEqualTo(2);
            blocked = false;
            slow.countDown();
        }
        assertThat(lines).as("what waits is written before the end").hasSize(2);
        assertThat(lines.getLast()).contains("\"call\":\"second\"");
    }

    private JsonNode line(Reply reply) {
        String own = "\"call\":\"" + reply.call() + "\"";
        return JsonMapper.shared().readTree(await().atMost(Duration.ofSeconds(30))
                .until(() -> lines.stream().filter(line -> line.contains(own)).toList(), found -> found.size() == 1).getFirst());
    }

    private static String keyOf(TestGateway gateway) {
        return gateway.service.column("select id from quota.api_key where tenant_id = '" + gateway.tenant.id() + "'").getFirst();
    }

    private static CallLine made(String call) {
        return new CallLine(Instant.EPOCH, call, null, null, null, "chat", null, 200, 1, 5, null, null, null, null, 7);
    }

    private static GatewaySettings settings(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.gateway", GatewaySettings.class);
    }

    private static void passed(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
