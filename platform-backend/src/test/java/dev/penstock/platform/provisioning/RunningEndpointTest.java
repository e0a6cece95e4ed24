package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.ModelTask;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.RouteRegistration;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.AuditRow;
import dev.penstock.platform.running.Tenancy;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.simulators.cluster.fault.Fault;
import dev.penstock.simulators.cluster.fault.Faults;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The program as it runs, beside a simulated cluster whose pods really answer: what people see of an endpoint, and what the gateway is told. */
class RunningEndpointTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static SliceBench bench;

    @BeforeAll
    static void start() {
        bench = SliceBench.running("--penstock.endpoint.first-back-off=50ms", "--penstock.endpoint.renew-again=100ms");
        bench.waitFor(() -> bench.platform.get("/api/slice-profiles", bench.tenancy.member("ada")).body().toString().contains("\"total\":14"));
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @AfterEach
    void everythingWorksAgain() {
        bench.quota().unlimited(SliceBench.SEVENTH);
        bench.platform.quota().answerWith(0);
        bench.clock.backToNow();
        bench.simulated.faults().liftAll();
    }

    @Test
    void anEndpointComesUpAnswersIsStoppedStartedAndDeleted() throws Exception {
        EndpointId id = create("bge");
        Answer ready = becomes(id, "READY");
        assertThat(ready.body().path("endpoint").path("node").asString()).startsWith("gpu-");
        assertThat(sentences(ready)).anyMatch(said -> said.startsWith("The model server is ready on gpu-"));
        RouteRegistration route = awaitRoute(id, true);
        assertThat(route.model()).isEqualTo("alpha/bge");
        assertThat(route.tasks()).containsExactly(ModelTask.EMBEDDINGS);
        assertThat(route.maxTokensPerByte()).isEqualTo(6);
        assertThat(route.address()).matches("http://127\\.64\\.\\d+\\.\\d+:8000");
        assertThat(status(route, route.engineKey())).isEqualTo(200);
        assertThat(status(route, "another")).as("an engine is not open").isEqualTo(401);
        assertThat(everythingWritten()).as("the engine's key is on the cluster and at the gateway, nowhere else").doesNotContain(route.engineKey());
        assertThat(log(id)).isNotEmpty();
        assertThat(ready(id).body().path("events").toString()).contains("Pulled");

        act(id, "stop");
        assertThat(awaitRoute(id, false).version()).isGreaterThan(route.version());
        SliceKey first = slice(id, ready);
        becomes(id, "STOPPED");
        bench.assertNothingLeft(first);

        act(id, "start");
        becomes(id, "READY");
        assertThat(awaitRoute(id, true).engineKey()).as("each start has a key of its own").isNotEqualTo(route.engineKey());
        assertThat(bench.platform.call("DELETE", path(id), bench.tenancy.member("ada"), null).status()).isEqualTo(200);
        becomes(id, "DELETED");
        await().atMost(PATIENCE).until(() -> bench.platform.quota().isWithdrawn(id));
    }

    @Test
    void aRenamedProjectsModelsAreCalledByItsNewName() {
        EndpointId id = create("renamed");
        becomes(id, "READY");
        RouteRegistration before = awaitRoute(id, true);
        assertThat(before.model()).isEqualTo("alpha/renamed");
        rename("omega");
        await().atMost(PATIENCE).until(() -> bench.platform.quota().route(id).orElseThrow().model().equals("omega/renamed"));
        assertThat(bench.platform.quota().route(id).orElseThrow().servedModel()).as("its engine goes on").isEqualTo(before.servedModel());
        rename("alpha");
        await().atMost(PATIENCE).until(() -> bench.platform.quota().route(id).orElseThrow().model().equals("alpha/renamed"));
        act(id, "stop");
        becomes(id, "STOPPED");
    }

    private static void rename(String name) {
        String path = bench.tenancy.path() + "/projects/" + bench.tenancy.project();
        assertThat(bench.platform.put(path, bench.platform.admin(), Map.of("name", name)).status()).isEqualTo(200);
    }

    @Test
    void aRouteIsToldAfterAnOutageOfQuotaService() {
        EndpointId id = create("after-an-outage");
        becomes(id, "READY");
        awaitRoute(id, true);
        bench.platform.quota().answerWith(503);
        act(id, "stop");
        await().atMost(PATIENCE).until(() -> bench.platform.quota().received().stream().filter(call -> call.path().endsWith(id.toString())).count() > 2);
        assertThat(bench.platform.quota().route(id).orElseThrow().serving()).isTrue();
        bench.platform.quota().answerWith(0);
        awaitRoute(id, false);
        becomes(id, "STOPPED");
    }

    @Test
    void theLeaseIsRenewedWhileItRunsAndARefusalIsSaid() {
        EndpointId id = create("long-runner");
        SliceKey key = slice(id, becomes(id, "READY"));
        bench.passes(Duration.ofMinutes(31));
        await().atMost(PATIENCE).until(() -> bench.slice(key).standing().lease().compareTo(Duration.ofMinutes(90)) > 0);
        assertThat(bench.quota().lease(key.slice())).isGreaterThan(5400L);
        assertThat(bench.platform.trail(key.slice())).extracting("action").contains("slice.extend");

        bench.platform.quota().answerWith(503);
        bench.passes(Duration.ofMinutes(35));
        await().atMost(PATIENCE).until(() -> told(id, "endpoint.renewal-refused").isPresent());
        assertThat(told(id, "endpoint.renewal-refused").orElseThrow().reason()).contains("Its lease ends at", "was not made longer: quota-service");
        bench.platform.quota().answerWith(0);
        await().atMost(PATIENCE).until(() -> {
            bench.passes(Duration.ofMillis(200));
            return told(id, "endpoint.renew").isPresent();
        });
        // Tokens are as old as the clock says.
        bench.clock.backToNow();
        Answer renewed = ready(id);
        assertThat(renewed.body().path("endpoint").path("reason").isNull()).as("nothing is refused any more").isTrue();
        assertThat(sentences(renewed)).anyMatch(said -> said.contains("was not made longer"));
        act(id, "stop");
        becomes(id, "STOPPED");
    }

    @Test
    void whatKeepsCrashingFailsAndSaysSo() {
        EndpointId id = new EndpointId(bench.platform.nextId());
        Faults.Active crash = bench.simulated.faults().add(new Fault.CrashLoop(Fault.ContainerMatch.of("vllm", ""), 1));
        create(id, "crasher");
        Answer failed = becomes(id, "FAILED");
        assertThat(failed.body().path("endpoint").path("reason").asString()).contains("The model server keeps crashing");
        bench.simulated.faults().lift(crash.id());
        assertThat(bench.platform.quota().route(id)).as("nobody was ever sent there").isEmpty();
        act(id, "start");
        becomes(id, "READY");
        act(id, "stop");
        becomes(id, "STOPPED");
    }

    @Test
    void everybodySeesASharedOneAndOnlyAdministratorsChangeIt() {
        String admin = bench.platform.admin();
        TenantId platform = new TenantId(bench.platform.nextId());
        UUID project = bench.platform.nextId();
        String tenant = "/api/tenants/" + platform;
        assertThat(bench.platform.put(tenant, admin, Map.of(
                "name", "platform", "title", "Platform", "costCentre", "CC-1", "timeZone", "Europe/Zurich", "currency", "CHF")).status()).isEqualTo(200);
        assertThat(bench.platform.put(tenant + "/policy", admin, Map.of("approvesUpTo", Long.MAX_VALUE / 4, "longestLeaseSeconds", 86_400)).status()).isEqualTo(200);
        assertThat(bench.platform.put(tenant + "/projects/" + project, admin, Map.of("name", "models")).status()).isEqualTo(200);
        EndpointId id = new EndpointId(bench.platform.nextId());
        Answer made = bench.platform.put(tenant + "/projects/" + project + "/endpoints/" + id, admin, Tenancy.endpoint("bge-m3", "bge-m3", SliceBench.SEVENTH, 8192, true));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        assertThat(made.text("callName")).isEqualTo("bge-m3");

        String ada = bench.tenancy.member("ada");
        assertThat(bench.platform.get("/api/endpoints", ada).body().toString()).contains(id.toString());
        Answer seen = bench.platform.get(tenant + "/endpoints/" + id, ada);
        assertThat(seen.body().path("endpoint").path("mayChange").asBoolean()).isFalse();
        assertThat(seen.body().path("events")).isEmpty();
        assertThat(seen.text("namespace")).as("nothing of the cluster").isEmpty();
        assertThat(bench.platform.get(tenant + "/endpoints/" + id + "/log", ada).status()).isEqualTo(404);
        assertThat(bench.platform.post(tenant + "/endpoints/" + id + "/stop", ada, Map.of()).status()).isEqualTo(404);
        assertThat(awaitRoute(id, true).shared()).isTrue();
        assertThat(bench.platform.post(tenant + "/endpoints/" + id + "/stop", admin, Map.of()).status()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> bench.platform.get(tenant + "/endpoints/" + id, ada).body().path("endpoint").path("state").asString("").equals("STOPPED"));
    }

    /** Its engine is started as one that ranks, and does. */
    @Test
    void aRerankerRanks() throws Exception {
        EndpointId id = new EndpointId(bench.platform.nextId());
        assertThat(bench.platform.put(bench.tenancy.endpoints() + id, bench.tenancy.member("ada"),
                Tenancy.endpoint("order", "bge-reranker-v2-m3", SliceBench.SEVENTH, 8192, false)).status()).isEqualTo(200);
        becomes(id, "READY");
        RouteRegistration route = awaitRoute(id, true);
        assertThat(route.tasks()).containsExactly(ModelTask.RERANK);
        HttpRequest request = HttpRequest.newBuilder(URI.create(route.address() + "/v1/rerank"))
                .header("Authorization", "Bearer " + route.engineKey()).header("content-type", "application/json").timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString("{\"query\": \"a word\", \"documents\": [\"nothing\", \"a word\"]}")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body()).containsPattern("\"results\" ?: ?\\[ ?\\{ ?\"index\" ?: ?1");
        }
        act(id, "stop");
        becomes(id, "STOPPED");
    }

    private static EndpointId create(String name) {
        EndpointId id = new EndpointId(bench.platform.nextId());
        create(id, name);
        return id;
    }

    private static void create(EndpointId id, String name) {
        Answer made = bench.platform.put(bench.tenancy.endpoints() + id, bench.tenancy.member("ada"), Tenancy.endpoint(name, "bge-m3", SliceBench.SEVENTH, 8192, false));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
    }

    private static void act(EndpointId id, String verb) {
        Answer answer = bench.platform.post(path(id) + "/" + verb, bench.tenancy.member("ada"), Map.of());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private static Answer ready(EndpointId id) {
        return bench.platform.get(path(id), bench.tenancy.member("ada"));
    }

    private static Answer becomes(EndpointId id, String state) {
        return await().atMost(PATIENCE).until(() -> ready(id), answer -> answer.body().path("endpoint").path("state").asString("").equals(state));
    }

    private static RouteRegistration awaitRoute(EndpointId id, boolean serving) {
        return await().atMost(PATIENCE).until(() -> bench.platform.quota().route(id).orElse(null), route -> route != null && route.serving() == serving);
    }

    private static SliceKey slice(EndpointId id, Answer detail) {
        return new SliceKey(bench.tenancy.tenant(), SliceId.of(detail.body().path("endpoint").path("slice").asString()));
    }

    private static List<String> sentences(Answer detail) {
        return detail.body().path("timeline").valueStream().map(step -> step.path("sentence").asString()).toList();
    }

    private static Optional<AuditRow> told(EndpointId id, String action) {
        return bench.platform.trail(id).stream().filter(entry -> entry.action().equals(action)).findFirst();
    }

    private static List<String> log(EndpointId id) {
        return bench.platform.get(path(id) + "/log", bench.tenancy.member("ada")).body().path("lines").valueStream().map(line -> line.asString()).toList();
    }

    private static String everythingWritten() {
        StringBuilder all = new StringBuilder();
        try (var connection = bench.platform.database().connectAsAdmin(); var statement = connection.createStatement()) {
            for (String table : List.of("platform.endpoint", "platform.endpoint_event", "platform.slice", "platform.slice_event", "platform.change", "audit.entry")) {
                try (var rows = statement.executeQuery("select row_to_json(t)::text from " + table + " t")) {
                    while (rows.next()) {
                        all.append(rows.getString(1));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return all.toString();
    }

    private static int status(RouteRegistration route, String key) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(route.address() + "/v1/models")).header("Authorization", "Bearer " + key).timeout(PATIENCE).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private static String path(EndpointId id) {
        return "/api/tenants/" + bench.tenancy.tenant() + "/endpoints/" + id;
    }
}
