package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.contract.EndpointId;
import dev.penstock.quota.RunningService;
import dev.penstock.simulators.model.ModelPace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** A call stays on the event loop that took its connection, up to the engine and back. */
class EventLoopsTest {

    private static final String MODEL = "vision/own";
    private static final int LOOPS = 2;
    private static final int CLIENTS = 6;

    private final Set<Integer> connections = ConcurrentHashMap.newKeySet();

    /** Callers take turns, so that one connection would do for all of them, whoever's it is. */
    @Test
    void eachHasConnectionsOfItsOwnToAnEngine() throws Exception {
        HttpServer engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        engine.createContext("/", this::answer);
        engine.start();
        int port = freePort();
        List<HttpClient> clients = new ArrayList<>();
        try (OwnGateway own = new OwnGateway("port=" + port, "event-loops=" + LOOPS);
                TestGateway gateway = new TestGateway(RunningService.get(), own.port(), ModelPace.quick())) {
            gateway.publish(new EndpointId(UUID.randomUUID()), 1, MODEL, false, "http://127.0.0.1:" + engine.getAddress().getPort(), "served", "CHAT").is(200);
            for (int client = 0; client < CLIENTS; client++) {
                HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                clients.add(http);
                assertThat(call(http, own.port(), gateway.key)).isEqualTo(200);
            }
            assertThat(connections).hasSize(LOOPS);
        } finally {
            clients.forEach(HttpClient::close);
            engine.stop(0);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        connections.add(exchange.getRemoteAddress().getPort());
        exchange.getRequestBody().readAllBytes();
        byte[] body = """
                {"id":"c","object":"chat.completion","created":1,"model":"served","choices":[{"index":0,"message":{"role":"assistant","content":"Yes"},
                "finish_reason":"stop"}],"usage":{"prompt_tokens":2,"completion_tokens":1,"total_tokens":3}}""".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static int call(HttpClient http, int port, String key) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(TestGateway.HELLO.replace(TestGateway.CHAT, MODEL)))
                .build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Each event loop listens at the same one, which therefore has to be said. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
