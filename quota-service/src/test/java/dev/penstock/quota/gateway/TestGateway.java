package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.EndpointId;
import dev.penstock.quota.Answer;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import dev.penstock.simulators.model.EngineSettings;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.ModelTask;
import dev.penstock.simulators.model.SimModelServer;
import dev.penstock.simulators.model.SimModelSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tenant with a key and three dedicated endpoints on simulated engines, called over HTTP at a real gateway: the running service's, or another. */
final class TestGateway implements AutoCloseable {

    static final String CHAT = "vision/chat";
    static final String EMBED = "vision/embed";
    static final String RERANK = "vision/rerank";
    static final String ENGINE_KEY = "engine-key-0123456789";
    static final String HELLO = "{\"model\":\"" + CHAT + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}],\"max_tokens\":20}";

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PATIENCE_MILLIS = 30_000;

    final RunningService service;
    final TestTenant tenant;
    final SimModelServer chat;
    final SimModelServer embeddings;
    final SimModelServer reranker;
    final EndpointId chatEndpoint = new EndpointId(UUID.randomUUID());
    final EndpointId rerankEndpoint = new EndpointId(UUID.randomUUID());
    final String key;
    private final int port;

    TestGateway(ModelPace pace) {
        this(RunningService.get(), port(), pace);
    }

    /** @param port of a gateway that asks that service */
    TestGateway(RunningService service, int port, ModelPace pace) {
        this.service = service;
        this.port = port;
        tenant = TestTenant.register(service, "UTC");
        chat = engine(EngineSettings.of("served-chat"), pace);
        embeddings = engine(EngineSettings.of("served-embed").withTask(ModelTask.EMBED), pace);
        reranker = engine(EngineSettings.of("served-rerank").withTask(ModelTask.RERANK), pace);
        publish(chatEndpoint, 1, CHAT, false, chat.url(), "served-chat", "CHAT").is(200);
        publish(new EndpointId(UUID.randomUUID()), 1, EMBED, false, embeddings.url(), "served-embed", "EMBEDDINGS").is(200);
        publish(rerankEndpoint, 1, RERANK, false, reranker.url(), "served-rerank", "RERANK").is(200);
        key = makeKey("for tests", "null");
    }

    static SimModelServer engine(EngineSettings engine, ModelPace pace) {
        try {
            return SimModelServer.start(new SimModelSettings(
                    InetAddress.getLoopbackAddress(), 0, engine, ENGINE_KEY, pace, null, Clock.systemUTC(), UUID::randomUUID));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer publish(EndpointId endpoint, long version, String model, boolean shared, String address, String served, String task) {
        return publish(endpoint, version, model, shared, address, "vllm", served, task, 32_768, 4_096, endpoint.toString());
    }

    Answer publish(EndpointId endpoint, long version, String model, boolean shared, String address, String served, String task, String sku) {
        return publish(endpoint, version, model, shared, address, "vllm", served, task, 32_768, 4_096, sku);
    }

    /** A model that may say more than any socket holds. */
    void publishLong(String model, SimModelServer engine, int output) {
        publish(new EndpointId(UUID.randomUUID()), 1, model, false, engine.url(), "vllm", "served-long", "CHAT", 2 * output, output, "long").is(200);
    }

    /** A model that every tenant calls, at a price that the book must have. */
    void publishShared(String model, SimModelServer engine, String sku) {
        publish(new EndpointId(UUID.randomUUID()), 1, model, true, engine.url(), "vllm", "served-shared", "CHAT", 32_768, 4_096, sku).is(200);
    }

    /** A model at an engine that tells what it counted only at the end. */
    void publishCountingAtTheEnd(String model) {
        publish(new EndpointId(UUID.randomUUID()), 1, model, false, chat.url(), "ollama", "served-chat", "CHAT", 32_768, 4_096, "late").is(200);
    }

    private Answer publish(
            EndpointId endpoint, long version, String model, boolean shared, String address, String engine, String served, String task, int context, int output,
            String sku) {
        return service.send(service.service(), "PUT", "/api/registry/tenants/" + tenant.id() + "/routes/" + endpoint, """
                {"version": %d, "project": "%s", "model": "%s", "shared": %s, "address": "%s", "engineKey": "%s", "engine": "%s", "servedModel": "%s",
                 "tasks": ["%s"], "contextTokens": %d, "maxOutputTokens": %d, "maxTokensPerByte": 1, "sku": "%s", "serving": true}"""
                .formatted(version, tenant.project(), model, shared, address, ENGINE_KEY, engine, served, task, context, output, sku));
    }

    String member() {
        return service.issuer().person("someone", tenant.memberGroup());
    }

    /** @param models a JSON list, or null */
    String makeKey(String name, String models) {
        return service.send(member(), "PUT", keyPath(UUID.randomUUID()), "{\"name\": \"" + name + "\", \"models\": " + models + "}")
                .is(200).body().path("secret").asString();
    }

    String keyPath(UUID key) {
        return "/api/tenants/" + tenant.id() + "/projects/" + tenant.project() + "/keys/" + key;
    }

    static int port() {
        return RunningService.get().bean(Gateway.class).port();
    }

    /** What came back. */
    record Reply(int status, HttpResponse<String> http) {

        /** The body, but for the call's own id. */
        String withoutId() {
            return http.body().replace(call(), "");
        }

        String call() {
            return header("x-request-id");
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            return JSON.readTree(http.body());
        }

        String code() {
            return json().path("error").path("code").asString("null");
        }

        String message() {
            return json().path("error").path("message").asString();
        }
    }

    Reply post(String path, String body) {
        return send(port, key, "POST", path, body);
    }

    Reply chat(String body) {
        return post("/v1/chat/completions", body);
    }

    /**
     * A call of that body at a socket of its own, of which nothing has been read.
     *
     * @param buffer bytes that may wait there to be read
     */
    Socket open(String body, int buffer) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(buffer);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer " + key
                + "\r\ncontent-type: application/json\r\ncontent-length: " + content.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(content);
        socket.getOutputStream().flush();
        return socket;
    }

    static Reply send(@Nullable String credential, String method, String path, @Nullable String body, String... headers) {
        return send(port(), credential, method, path, body, headers);
    }

    /** At this one's gateway, which may be another than the running service's. */
    Reply sendHere(@Nullable String credential, String method, String path, @Nullable String body, String... headers) {
        return send(port, credential, method, path, body, headers);
    }

    private static Reply send(int port, @Nullable String credential, String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).header("content-type", "application/json");
        if (credential != null) {
            request.header("authorization", "Bearer " + credential);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        request.method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(answer.statusCode(), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** {@code status estimated|counted input output} of the call's row, once it is there. */
    String row(String call) {
        return await().atMost(Duration.ofSeconds(10)).until(() -> rows(call), rows -> !rows.isEmpty()).getFirst();
    }

    List<String> rows(String call) {
        return service.column("""
                select status || ' ' || case when estimated then 'estimated' else 'counted' end || ' ' || input + cache_read || ' ' || output
                  from quota.usage where tenant_id = '%s' and call_id = '%s' order by attempt""".formatted(tenant.id(), call));
    }

    /** {@code cause input output} of what the platform lost by the call; empty: nothing. */
    String loss(String call) {
        return String.join("", service.column("""
                select e.cause || ' ' || coalesce(sum(p.amount) filter (where p.unit = 'input'), 0) || ' ' || coalesce(sum(p.amount) filter (where p.unit = 'output'), 0)
                  from quota.entry e join quota.posting p on p.tenant_id = e.tenant_id and p.entry_id = e.id
                 where e.tenant_id = '%s' and e.call_id = '%s' and p.account = 'platform-loss' group by e.cause""".formatted(tenant.id(), call)));
    }

    List<String> calls() {
        return service.column("select call_id from quota.intent where tenant_id = '" + tenant.id() + "' order by call_id");
    }

    /** Attempts under way or not settled. */
    long open() {
        return Long.parseLong(service.column("select count(*) from quota.reservation where tenant_id = '" + tenant.id() + "'").getFirst());
    }

    /** Faults are lifted; then everything that went wrong is settled, and the next call is answered. */
    void isWellAgainAndNothingIsReserved() {
        chat.faults().liftAll();
        await().atMost(Duration.ofSeconds(5)).until(() -> open() == 0);
        assertThat(chat(HELLO).status()).isEqualTo(200);
    }

    @Override
    public void close() {
        chat.close();
        embeddings.close();
        reranker.close();
    }
}
