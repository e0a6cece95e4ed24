package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.quota.reconciliation.TestReconciliation;
import dev.penstock.simulators.model.EngineSettings;
import dev.penstock.simulators.model.ModelLog;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.SimModelServer;
import dev.penstock.simulators.model.fault.ModelFault;
import dev.penstock.simulators.model.fault.UsageLie;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The ledger beside what a simulated engine says it counted, which is compared with that engine's own log as well. However calls are admitted. */
abstract class ReconciledCalls {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String SLOW = TestGateway.HELLO.replace("\"max_tokens\":20", "\"stream\":true,\"max_tokens\":400,\"min_tokens\":400,\"ignore_eos\":true");

    final RunningService service;
    final TestReconciliation reconciliation;
    TestGateway gateway;

    ReconciledCalls(RunningService service) {
        this.service = service;
        this.reconciliation = new TestReconciliation(service);
    }

    @BeforeEach
    void anEndpointThatIsFollowed() {
        gateway = new TestGateway(service, service.bean(Gateway.class).port(), new ModelPace(Duration.ZERO, Duration.ZERO, Duration.ofMillis(2)));
        reconciliation.untilCompared(gateway.chatEndpoint);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void whatWentThroughTheGatewayIsExplainedToTheLastToken() {
        Reply whole = gateway.chat(TestGateway.HELLO);
        Reply stream = gateway.chat(TestGateway.HELLO.replace("\"max_tokens\":20", "\"stream\":true,\"max_tokens\":20"));
        gateway.row(whole.call());
        gateway.row(stream.call());
        compare();
        assertThat(reconciliation.unexplained(gateway.chatEndpoint)).isEqualTo("0/0");
        assertThat(reconciliation.explained(gateway.chatEndpoint)).isEqualTo("0/0");
        assertThat(upstream()).isEqualTo(produced()).isNotEqualTo("0/0");
        assertThat(found()).isEmpty();
    }

    /** vLLM counts a prompt once for each answer to it, and tells it once in its usage. */
    @Test
    void aPromptThatWasAnsweredSeveralTimesIsNobodysLoss() {
        Reply reply = gateway.chat(TestGateway.HELLO.replace("\"max_tokens\":20", "\"n\":3,\"max_tokens\":20"));
        gateway.row(reply.call());
        compare();
        long prompt = entry(reply.call()).prompt();
        assertThat(reconciliation.explained(gateway.chatEndpoint)).isEqualTo(2 * prompt + "/0");
        assertThat(reconciliation.unexplained(gateway.chatEndpoint)).isEqualTo("0/0");
        assertThat(found()).isEmpty();
    }

    /** Somebody who has the engine's key and reaches it without us. */
    @Test
    void callsPastTheGatewayAreUnexplainedAndBookedToNobody() throws Exception {
        gateway.row(gateway.chat(TestGateway.HELLO).call());
        String booked = upstream();
        past("secret-1");
        past("secret-2");
        compare();
        ModelLog.Entry one = entry("secret-1");
        ModelLog.Entry two = entry("secret-2");
        String theirs = (one.prompt() + two.prompt()) + "/" + (one.completion() + two.completion());
        assertThat(reconciliation.unexplained(gateway.chatEndpoint)).isEqualTo(theirs);
        assertThat(upstream()).isEqualTo(booked);
        assertThat(found()).isEmpty();
        JsonNode shown = shown();
        assertThat(shown.path("unexplained").path("input").asLong() + "/" + shown.path("unexplained").path("output").asLong()).isEqualTo(theirs);
        assertThat(shown.path("days").size()).isOne();
    }

    /** It would never be quiet. */
    @Test
    void whoNeverStopsIsFoundAllTheSame() throws Exception {
        try (Stream stranger = Stream.open(URI.create(gateway.chat.url() + "/v1/chat/completions"), TestGateway.ENGINE_KEY, SLOW.replace(TestGateway.CHAT, "served-chat"))) {
            stranger.read(5);
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                reconciliation.turn(gateway.chatEndpoint);
                return !reconciliation.unexplained(gateway.chatEndpoint).equals("0/0");
            });
        }
    }

    /** A call of ours is under way for ever, and behind it somebody else's. */
    @Test
    void whileCallsAreUnderWayWhatIsBeyondThemIsUnexplainedAtLeast() throws Exception {
        String brief = SLOW.replace("400", "40");
        gateway.chat.faults().add(new ModelFault.Hang(3));
        try (Stream ours = Stream.open(URI.create("http://127.0.0.1:" + service.bean(Gateway.class).port() + "/v1/chat/completions"), gateway.key, brief)) {
            ours.read(2);
            gateway.chat.faults().liftAll();
            reconciliation.turn(gateway.chatEndpoint);
            assertThat(reconciliation.atLeast(gateway.chatEndpoint)).isEqualTo("0/0");
            for (int i = 0; i < 10; i++) {
                past("secret-" + i);
            }
            reconciliation.turn(gateway.chatEndpoint);
            String[] least = reconciliation.atLeast(gateway.chatEndpoint).split("/");
            long theirs = IntStream.range(0, 10).mapToLong(i -> entry("secret-" + i).completion()).sum();
            assertThat(Long.parseLong(least[1])).isPositive().isLessThanOrEqualTo(theirs);
        }
    }

    @Test
    void whatAClientThatLeftDidNotReadIsPostedOnceAndNamesTheCall() throws Exception {
        String call;
        try (Stream stream = Stream.open(URI.create("http://127.0.0.1:" + service.bean(Gateway.class).port() + "/v1/chat/completions"), gateway.key, SLOW)) {
            stream.read(5);
            call = stream.call();
        }
        gateway.row(call);
        await().atMost(Duration.ofSeconds(10)).until(() -> entry(call).state() == ModelLog.State.ABORTED);
        String booked = upstream();
        compare();
        assertThat(reconciliation.unexplained(gateway.chatEndpoint)).isEqualTo("0/0");
        assertThat(upstream()).isEqualTo(produced());
        long unread = output(produced()) - output(booked);
        assertThat(found()).isEqualTo(unread == 0 ? List.of() : List.of(call + " client-gone 0/" + unread));
        compare();
        assertThat(upstream()).isEqualTo(produced());
    }

    /** Nothing was told of it: it was charged at most, and the engine knows better. */
    @Test
    void anEstimateThatWasTooHighIsTurnedBackInTheBooksAndNotForTheCaller() {
        gateway.chat.faults().add(new ModelFault.Usage(UsageLie.NEGATIVE));
        Reply reply = gateway.chat(TestGateway.HELLO);
        String row = gateway.row(reply.call());
        assertThat(row).contains("estimated");
        compare();
        assertThat(upstream()).isEqualTo(produced());
        assertThat(reconciliation.unexplained(gateway.chatEndpoint)).isEqualTo("0/0");
        assertThat(found()).singleElement().asString().startsWith(reply.call() + " overestimated -");
        assertThat(gateway.row(reply.call())).isEqualTo(row);
    }

    /** An engine that tells its callers less than it counts: nothing about the call is open. */
    @Test
    void anEngineWhoseUsageIsNotWhatItCountsIsUnexplained() {
        gateway.chat.faults().add(new ModelFault.Usage(UsageLie.ZERO));
        gateway.row(gateway.chat(TestGateway.HELLO).call());
        gateway.chat.faults().liftAll();
        compare();
        assertThat(reconciliation.unexplained(gateway.chatEndpoint)).isEqualTo(produced()).isNotEqualTo("0/0");
        assertThat(found()).isEmpty();
    }

    @Test
    void aProcessThatTakesTheOthersPlaceIsComparedFromItsBeginning() {
        gateway.row(gateway.chat(TestGateway.HELLO).call());
        compare();
        // Of the old one, and never compared.
        Reply last = gateway.chat(TestGateway.HELLO);
        gateway.row(last.call());
        ModelLog.Entry lost = entry(last.call());
        gateway.chat.close();
        reconciliation.turn(gateway.chatEndpoint);
        assertThat(reconciliation.column("failure is not null", gateway.chatEndpoint)).isEqualTo("t");
        assertThat(shown().path("standing").asString()).isEqualTo("SILENT");
        try (SimModelServer next = TestGateway.engine(EngineSettings.of("served-chat"), ModelPace.quick())) {
            gateway.publish(gateway.chatEndpoint, 2, TestGateway.CHAT, false, next.url(), "served-chat", "CHAT").is(200);
            Reply reply = await().atMost(Duration.ofSeconds(10)).until(() -> gateway.chat(TestGateway.HELLO), answer -> answer.status() == 200);
            gateway.row(reply.call());
            compare();
            assertThat(reconciliation.unexplained(gateway.chatEndpoint)).isEqualTo("0/0");
            assertThat(service.column("select booked_input || '/' || booked_output from quota.engine_comparison where kind = 'replaced' and endpoint_id = '" + gateway.chatEndpoint + "'"))
                    .containsExactly(lost.prompt() + "/" + lost.completion());
        }
    }

    @Test
    void twoReplicasThatLookAtTheSameTimeFindAndPostOnce() throws Exception {
        gateway.chat.faults().add(new ModelFault.Usage(UsageLie.NEGATIVE));
        for (int i = 0; i < 4; i++) {
            gateway.row(gateway.chat(TestGateway.HELLO).call());
        }
        Callable<Void> replica = () -> {
            for (int i = 0; i < 10; i++) {
                reconciliation.turn(gateway.chatEndpoint);
            }
            return null;
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> each : threads.invokeAll(List.of(replica, replica, replica))) {
                each.get();
            }
        }
        compare();
        assertThat(found()).hasSize(4);
        assertThat(upstream()).isEqualTo(produced());
        assertThat(reconciliation.unexplained(gateway.chatEndpoint)).isEqualTo("0/0");
    }

    void compare() {
        await().atMost(Duration.ofSeconds(5)).until(() -> gateway.open() == 0);
        reconciliation.untilCompared(gateway.chatEndpoint);
    }

    /** {@code input/output} that the endpoint's upstream is owed. */
    private String upstream() {
        return service.column("""
                select coalesce(-sum(amount) filter (where unit <> 'output'), 0) || '/' || coalesce(-sum(amount) filter (where unit = 'output'), 0)
                  from quota.posting where account = 'upstream' and endpoint_id = '%s'""".formatted(gateway.chatEndpoint)).getFirst();
    }

    /** By the engine's own log. */
    private String produced() {
        List<ModelLog.Entry> all = gateway.chat.log().entries();
        return all.stream().mapToLong(ModelLog.Entry::prompt).sum() + "/" + all.stream().mapToLong(ModelLog.Entry::completion).sum();
    }

    private static long output(String amount) {
        return Long.parseLong(amount.split("/")[1]);
    }

    /** {@code call cause input/output} of each that was posted. */
    private List<String> found() {
        return service.column("""
                select e.call_id || ' ' || e.cause || ' ' || coalesce(sum(p.amount) filter (where p.unit = 'input'), 0) || '/'
                       || coalesce(sum(p.amount) filter (where p.unit = 'output'), 0)
                  from quota.entry e join quota.posting p on p.tenant_id = e.tenant_id and p.entry_id = e.id
                 where e.kind = 'found' and e.tenant_id = '%s' and p.account = 'platform-loss' group by e.call_id, e.cause order by 1""".formatted(gateway.tenant.id()));
    }

    private ModelLog.Entry entry(String call) {
        return gateway.chat.log().entries(call).getFirst();
    }

    private void past(String call) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.chat.url() + "/v1/chat/completions"))
                .header("authorization", "Bearer " + TestGateway.ENGINE_KEY)
                .header("content-type", "application/json")
                .header("x-request-id", call)
                .POST(HttpRequest.BodyPublishers.ofString(TestGateway.HELLO.replace(TestGateway.CHAT, "served-chat")))
                .build();
        assertThat(HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }

    /** As the portal is told. */
    private JsonNode shown() {
        for (JsonNode engine : service.send(service.admin(), "GET", "/api/health", null).is(200).body().path("engines")) {
            if (engine.path("endpoint").asString().equals(gateway.chatEndpoint.toString())) {
                return engine;
            }
        }
        throw new AssertionError("the endpoint is not shown");
    }

    /** An answer that is read as far as one likes. */
    private record Stream(HttpResponse<InputStream> answer) implements AutoCloseable {

        static Stream open(URI address, String key, String body) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("authorization", "Bearer " + key)
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return new Stream(HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream()));
        }

        String call() {
            return answer.headers().firstValue("x-request-id").orElseThrow();
        }

        void read(int events) throws Exception {
            for (int found = 0; found < events; ) {
                int b = answer.body().read();
                assertThat(b).isNotNegative();
                found += b == 'd' && answer.body().read() == 'a' && answer.body().read() == 't' && answer.body().read() == 'a' ? 1 : 0;
            }
        }

        @Override
        public void close() throws Exception {
            answer.body().close();
        }
    }
}
