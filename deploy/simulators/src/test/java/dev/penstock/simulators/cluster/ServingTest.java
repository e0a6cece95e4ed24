package dev.penstock.simulators.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.penstock.simulators.cluster.fault.Fault.ContainerMatch;
import dev.penstock.simulators.cluster.fault.Fault.CrashLoop;
import dev.penstock.simulators.cluster.fault.Faults.Active;
import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.model.ModelLog.State;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.SimModelServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A model served as the product has it served: a deployment, its secret, and a service that is really called. */
class ServingTest extends ClusterTest {

    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/team/deployments";
    private static final String SERVICES = "/api/v1/namespaces/team/services";
    private static final String SECRETS = "/api/v1/namespaces/team/secrets";
    private static final String KEY = "the-engine-key";

    private final HttpClient http = HttpClient.newHttpClient();

    @Override
    SimClusterSettings settings() {
        return SimClusterSettings.quick(UUID.randomUUID().toString())
                .withModels(new ModelPace(Duration.ofMillis(400), Duration.ZERO, Duration.ofMillis(5)));
    }

    private void deploy(String arguments) {
        caller.apply(SECRETS + "/engine", "test", false, "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'engine'},"
                + "'stringData':{'key':'" + KEY + "'}}");
        caller.apply(DEPLOYMENTS + "/chat", "test", false, """
                {'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'chat'},'spec':{'replicas':1,
                 'strategy':{'type':'Recreate'},'selector':{'matchLabels':{'app':'chat'}},
                 'template':{'metadata':{'labels':{'app':'chat'}},'spec':{'terminationGracePeriodSeconds':1,'containers':[{
                 'name':'engine','image':'registry.example/vllm:1','command':['vllm','serve'],'args':[%s],
                 'env':[{'name':'VLLM_API_KEY','valueFrom':{'secretKeyRef':{'name':'engine','key':'key'}}}],
                 'ports':[{'name':'http','containerPort':8000}],
                 'startupProbe':{'httpGet':{'path':'/health','port':'http'},'failureThreshold':100,'periodSeconds':5},
                 'readinessProbe':{'httpGet':{'path':'/health','port':'http'}},
                 'resources':{'limits':{'nvidia.com/mig-1g.18gb':1}}}]}}}}""".formatted(arguments));
        caller.apply(SERVICES + "/chat", "test", false, """
                {'apiVersion':'v1','kind':'Service','metadata':{'name':'chat'},'spec':{'selector':{'app':'chat'},
                 'ports':[{'port':18080,'targetPort':'http'}]}}""");
    }

    private void deploy() {
        deploy("'org/model','--served-model-name','chat','--max-model-len','4096'");
    }

    private String clusterIp() {
        return Json.text(caller.get(SERVICES + "/chat").body(), "spec", "clusterIP");
    }

    private ObjectNode awaitReady() {
        caller.await(DEPLOYMENTS, "chat", it -> Json.at(it, "status", "readyReplicas").asInt(0) == 1);
        return pod();
    }

    private ObjectNode pod() {
        return (ObjectNode) caller.get(PODS + "?labelSelector=app%3Dchat").body().path("items").path(0);
    }

    /** Its pod is seen to run a moment before. */
    private SimModelServer server() {
        await(() -> {
            if (cluster.modelServers().isEmpty()) {
                throw new IOException("does not run yet");
            }
        });
        return cluster.modelServers().getFirst().server();
    }

    private HttpRequest.Builder chat(String key, int tokens) {
        return HttpRequest.newBuilder(URI.create("http://" + clusterIp() + ":18080/v1/chat/completions"))
                .header("Content-Type", "application/json").header("Authorization", "Bearer " + key)
                .header("x-request-id", "c-1").timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"model":"chat","stream":true,"ignore_eos":true,"max_tokens":%d,
                         "messages":[{"role":"user","content":"hello"}]}""".formatted(tokens)));
    }

    @Test
    void aStreamedCallThroughTheServiceIsAnsweredByThePod() throws Exception {
        deploy();
        awaitReady();
        assertThat(clusterIp()).startsWith("127.64.");

        // The service is known to listen once it does: the pod's readiness is news to it too.
        awaitListening();
        HttpResponse<String> answer = http.send(chat(KEY, 20).build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"object\":\"chat.completion.chunk\"").endsWith("data: [DONE]\n\n");
        assertThat(server().log().entries("c-1")).singleElement().satisfies(entry -> {
            assertThat(entry.completion()).isEqualTo(20);
            assertThat(entry.state()).isEqualTo(State.FINISHED);
        });
        assertThat(http.send(chat("another", 20).build(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }

    @Test
    void aCallerWhoLeavesTheServiceEndsTheCallInThePod() throws Exception {
        deploy();
        awaitReady();
        awaitListening();

        try (InputStream stream = http.send(chat(KEY, 3000).build(), BodyHandlers.ofInputStream()).body()) {
            // The opening and two tokens, each with the empty line after it.
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)).lines().limit(6).forEach(line -> { });
        }

        assertThat(server().log().awaitQuiet(Duration.ofSeconds(10))).isTrue();
        assertThat(server().log().entries("c-1")).singleElement().satisfies(entry -> {
            assertThat(entry.state()).isEqualTo(State.ABORTED);
            assertThat(entry.completion()).isBetween(2L, 2999L);
        });
    }

    @Test
    void thePodIsNotReadyAndTheServiceRefusesUntilTheWeightsAreLoaded() {
        deploy();
        String name = awaitRunning();

        ObjectNode loading = caller.get(PODS + "/" + name).object();
        assertThat(isReady(loading)).isFalse();
        assertThat(Json.at(loading, "status", "containerStatuses").path(0).path("started").asBoolean(true)).isFalse();
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(clusterIp(), 18080));
        assertThat(server().isLoaded()).isFalse();

        ObjectNode ready = awaitReady();
        assertThat(server().isLoaded()).isTrue();
        assertThat(Json.at(ready, "status", "containerStatuses").path(0).path("started").asBoolean(false)).isTrue();
        assertThat(messages(name)).contains("Startup probe failed: HTTP probe failed with statuscode: 503");
    }

    @Test
    void theLogTellsHowFarLoadingIs() {
        deploy();
        String name = awaitRunning();
        awaitReady();

        String log = text(PODS + "/" + name + "/log");
        assertThat(log).contains("Completed | 5/8").endsWith("Application startup complete.\n");
        assertThat(text(PODS + "/" + name + "/log?tailLines=1&container=engine"))
                .isEqualTo("INFO: Application startup complete.\n");
        assertThat(text(PODS + "/" + name + "/log?tailLines=1&timestamps=true")).matches("20\\S+Z INFO: [^\n]+\n");
        assertThat(caller.get(PODS + "/" + name + "/log?container=other").message())
                .isEqualTo("container other is not valid for pod " + name);
        assertThat(log).doesNotContain(KEY);
    }

    @Test
    void aServiceWithoutAPodThatIsReadyRefusesConnections() {
        deploy();
        String name = Json.text(awaitReady(), "metadata", "name");
        awaitListening();
        String address = clusterIp();

        caller.patch(DEPLOYMENTS + "/chat/scale", Caller.MERGE, "{'spec':{'replicas':0}}");
        awaitRefusing(address);
        caller.awaitGone(PODS, name);
        await(() -> {
            if (!cluster.modelServers().isEmpty()) {
                throw new IOException("still runs");
            }
        });
    }

    @Test
    void aMissingSecretKeepsTheContainerFromBeingMadeUntilItIsThere() {
        caller.post(PODS, """
                {'metadata':{'name':'p'},'spec':{'containers':[{'name':'main','image':'a:1',
                 'env':[{'name':'K','valueFrom':{'secretKeyRef':{'name':'late','key':'k'}}}]}]}}""");

        ObjectNode pod = caller.await(PODS, "p", it -> waiting(it).equals("CreateContainerConfigError"));
        assertThat(Json.text(Json.at(pod, "status", "containerStatuses").path(0), "state", "waiting", "message"))
                .isEqualTo("secret \"late\" not found");
        // Asked for more than once, and every time the same: that must not be the last time.
        await(() -> {
            if (times("p", "Error: secret \"late\" not found") < 3) {
                throw new IOException("not looked for again");
            }
        });

        caller.post(SECRETS, "{'metadata':{'name':'late'},'stringData':{'k':'v'}}");
        caller.await(PODS, "p", ClusterTest::isReady);
    }

    @Test
    void aCommandThatVllmDoesNotKnowCrashesAndTheLogSaysWhy() {
        deploy("'org/model','--served-modelname','chat'");

        String name = awaitPod(it -> waiting(it).equals("CrashLoopBackOff"));

        assertThat(text(PODS + "/" + name + "/log"))
                .isEqualTo("vllm serve: error: unrecognized arguments: --served-modelname\n");
        assertThat(cluster.modelServers()).isEmpty();
    }

    @Test
    void aServerThatCrashesIsThereAgainAfterItsRestart() {
        deploy();
        awaitReady();
        SimModelServer before = server();

        Active fault = cluster.faults().add(new CrashLoop(ContainerMatch.of("vllm", ""), 1));
        awaitPod(it -> Json.at(it, "status", "containerStatuses").path(0).path("restartCount").asInt(0) >= 1);
        cluster.faults().lift(fault.id());
        awaitReady();

        assertThat(server()).isNotSameAs(before);
        assertThat(server().isLoaded()).isTrue();
    }

    @Test
    void aContainerThatFailsItsLivenessProbeIsBegunAnew() {
        caller.post(PODS, """
                {'metadata':{'name':'p'},'spec':{'containers':[{'name':'main','image':'vllm:1','args':['m'],
                 'livenessProbe':{'httpGet':{'path':'/nothing-here','port':8000},'failureThreshold':2}}]}}""");

        caller.await(PODS, "p", it -> Json.at(it, "status", "containerStatuses").path(0).path("restartCount").asInt(0) >= 1);
        assertThat(messages("p")).contains("Liveness probe failed: HTTP probe failed with statuscode: 503",
                "Container main failed liveness probe, will be restarted");
    }

    private String awaitRunning() {
        return awaitPod(it -> Json.at(it, "status", "containerStatuses").path(0).path("state").has("running"));
    }

    private String awaitPod(Predicate<ObjectNode> expected) {
        String sets = "/apis/apps/v1/namespaces/team/replicasets";
        caller.await(DEPLOYMENTS, "chat", it -> Json.at(it, "status", "replicas").asInt(0) == 1);
        assertThat(caller.get(sets).body().path("items")).hasSize(1);
        String name = Json.text(pod(), "metadata", "name");
        caller.await(PODS, name, expected);
        return name;
    }

    private void awaitListening() {
        await(() -> connect(clusterIp(), 18080));
    }

    private void awaitRefusing(String address) {
        await(() -> {
            try {
                connect(address, 18080);
            } catch (ConnectException refused) {
                return;
            }
            throw new IOException("still listens");
        });
    }

    private interface Attempt {

        void run() throws IOException;
    }

    /** Tries until it works; each try yields to what it waits for. */
    private static void await(Attempt attempt) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try {
                attempt.run();
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > deadline) {
                    throw new UncheckedIOException(notYet);
                }
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        }
    }

    private static void connect(String address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1000);
        }
    }

    private String text(String path) {
        return new String(caller.get(path).response().body(), StandardCharsets.UTF_8);
    }

    private List<String> messages(String pod) {
        return events(pod).map(event -> Json.text(event, "message")).toList();
    }

    /** How often that was said of the pod. */
    private int times(String pod, String message) {
        return events(pod).filter(event -> Json.text(event, "message").equals(message))
                .mapToInt(event -> event.path("count").asInt(0)).sum();
    }

    private Stream<JsonNode> events(String pod) {
        JsonNode events = caller.get("/api/v1/namespaces/team/events?fieldSelector=involvedObject.name%3D" + pod).body();
        return StreamSupport.stream(events.path("items").spliterator(), false);
    }
}
