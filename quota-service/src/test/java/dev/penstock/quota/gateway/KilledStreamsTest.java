package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.quota.RunningService;
import dev.penstock.quota.journal.Cause;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.journal.JournalCopy;
import dev.penstock.quota.journal.Payer;
import dev.penstock.quota.journal.Settlement;
import dev.penstock.simulators.model.ModelLog;
import dev.penstock.simulators.model.ModelPace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a process leaves of its live streams when it is killed, at random instants: for each call by itself, what its caller had been sent is in
 * the journal, and nothing that the engine had not produced.
 */
class KilledStreamsTest {

    private static final int STREAMS = 30;
    private static final int INSTANTS = 50;
    private static final String AT_THE_END = "vision/counts-at-the-end";

    private static final RunningService SERVICE = RunningService.get();
    private static final Path JOURNAL = Path.of(Objects.requireNonNull(SERVICE.context().getEnvironment().getProperty("penstock.journal.folder")));

    private static TestGateway gateway;
    private final Map<String, AtomicLong> delivered = new ConcurrentHashMap<>();

    @BeforeAll
    static void start() {
        gateway = new TestGateway(new ModelPace(Duration.ZERO, Duration.ofMillis(50), Duration.ofMillis(15)));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void ofAnEngineThatCountsAsItGoesTheLastCountIsKept() {
        Random random = new Random(20261121);
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int stream = 0; stream < STREAMS; stream++) {
                begin(http, TestGateway.CHAT);
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> delivered.size() == STREAMS);
            long until = 0;
            for (int instant = 0; instant < INSTANTS; instant++) {
                until = total() + 1 + random.nextInt(2 * STREAMS);
                awaitTotal(until);
                compare();
            }
            http.shutdownNow();
        }
        delivered.keySet().forEach(call -> assertThat(gateway.row(call)).startsWith("499 counted"));
    }

    @Test
    void ofOneThatCountsAtTheEndWhatWasDeliveredAtMostIsKeptAsEstimated() {
        gateway.publishCountingAtTheEnd(AT_THE_END);
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            begin(http, AT_THE_END);
            awaitTotal(5);
            String call = delivered.keySet().iterator().next();
            long before = delivered.get(call).get();
            Settlement left = left().get(call);
            assertThat(((Counts.Delivered) left.counts()).outputAtMost()).isGreaterThanOrEqualTo(before);
            assertThat(left.cause()).isEqualTo(Cause.KILLED);
            http.shutdownNow();
        }
    }

    private void compare() {
        Map<String, Long> before = delivered.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().get()));
        Map<String, Settlement> left = left();
        before.forEach((call, tokens) -> {
            Settlement end = left.get(call);
            ModelLog.Entry produced = gateway.chat.log().entries(call).getFirst();
            assertThat(end.counts()).as("%s of %s", end, call).isInstanceOf(Counts.Read.class);
            Counts.Read read = (Counts.Read) end.counts();
            assertThat(read.output()).as("call %s", call).isBetween(tokens, produced.completion());
            assertThat(read.input() + read.cacheRead()).isEqualTo(produced.prompt());
            assertThat(end.cause()).isEqualTo(Cause.KILLED);
            assertThat(end.payer()).isEqualTo(tokens > 0 ? Payer.CALLER : end.payer());
            assertThat(end.status()).isEqualTo(200);
        });
    }

    /** Calls of other tests may have been tried at several engines; those here are tried at one. */
    private static Map<String, Settlement> left() {
        return JournalCopy.of(JOURNAL).replay().entrySet().stream().filter(entry -> entry.getKey().number() == 0).collect(Collectors.toMap(entry -> entry.getKey().call().toString(), Map.Entry::getValue));
    }

    private void awaitTotal(long tokens) {
        await().pollInterval(Duration.ofMillis(1)).atMost(Duration.ofSeconds(20)).until(() -> total() >= tokens);
    }

    private long total() {
        return delivered.values().stream().mapToLong(AtomicLong::get).sum();
    }

    private void begin(HttpClient http, String model) {
        String body = TestGateway.HELLO.replace(TestGateway.CHAT, model).replace("\"max_tokens\":20", "\"stream\":true,\"max_tokens\":4000,\"min_tokens\":4000,\"ignore_eos\":true");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + TestGateway.port() + "/v1/chat/completions"))
                .header("content-type", "application/json").header("authorization", "Bearer " + gateway.key)
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        http.sendAsync(request, HttpResponse.BodyHandlers.ofLines()).thenAcceptAsync(answer -> {
            AtomicLong tokens = new AtomicLong();
            delivered.put(answer.headers().firstValue("x-request-id").orElseThrow(), tokens);
            answer.body().filter(line -> line.matches(".*\"content\":\"[^\"].*")).forEach(line -> tokens.incrementAndGet());
        }, command -> Thread.ofVirtual().start(command));
    }
}
