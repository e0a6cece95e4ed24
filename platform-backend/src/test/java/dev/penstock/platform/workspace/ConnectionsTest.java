package dev.penstock.platform.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.platform.running.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that bytes are written to, to a server that answers when it is told to. */
class ConnectionsTest {

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: here\r\n\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Promise<Void> mayAnswer = Promise.promise();
    private final Strangers strangers = new Strangers(vertx, 2);
    private HttpServer server;

    @BeforeEach
    void listen() {
        WorkspaceSettings settings = Settings.bind(WorkspaceSettings.class, Map.of(
                "penstock.workspaces.most-open", "2", "penstock.workspaces.head-time", "200ms", "penstock.workspaces.rest-time", "200ms"));
        Connections connections = new Connections(vertx, settings, metrics);
        server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false)).connectionHandler(connections::taken).requestHandler(request -> {
            connections.asks(request.connection());
            mayAnswer.future().compose(now -> request.response().end("done")).onComplete(over -> connections.answered(request.connection()));
        });
        ended(server.listen(0, "127.0.0.1"));
    }

    @AfterEach
    void stop() {
        ended(vertx.close());
    }

    @Test
    void whoAsksForNothingLosesTheConnection() throws IOException {
        try (Socket silent = open()) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whoSpellsARequestOutLosesTheConnection() throws IOException {
        try (Socket slow = open()) {
            slow.getOutputStream().write("GET / HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
            assertThat(slow.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aRequestTakesAsLongAsItTakesAndTheRestAfterItDoesNot() throws IOException {
        try (Socket asking = open()) {
            asking.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            // As long as two others had patience with.
            whoAsksForNothingLosesTheConnection();
            whoAsksForNothingLosesTheConnection();
            mayAnswer.complete();
            assertThat(new String(asking.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200 ").endsWith("done");
        }
    }

    @Test
    void thereAreSoManyAndNoMoreAndOneThatGoesMakesPlace() throws IOException {
        try (Socket first = asking(); Socket second = asking()) {
            await().atMost(Duration.ofMinutes(1)).until(() -> metrics.get("penstock.workspaces.connections").gauge().value() == 2);
            assertThat(refused()).isTrue();
            second.close();
            await().atMost(Duration.ofMinutes(1)).until(() -> metrics.get("penstock.workspaces.connections").gauge().value() == 1);
            mayAnswer.complete();
            try (Socket third = asking()) {
                assertThat(third.getInputStream().read()).isEqualTo('H');
                assertThat(first.getInputStream().read()).isEqualTo('H');
            }
        }
    }

    @Test
    void strangersAreLookedUpSoManyAtATime() {
        assertThat(strangers.take()).isTrue();
        assertThat(strangers.take()).isTrue();
        assertThat(strangers.take()).isFalse();
        ended(strangers.ask(() -> "known now"));
        assertThat(strangers.take()).isTrue();
        assertThat(strangers.take()).isFalse();
        Future<String> failed = strangers.ask(() -> {
            throw new IOException("the database is away");
        });
        await().atMost(Duration.ofMinutes(1)).until(failed::isComplete);
        assertThat(strangers.take()).isTrue();
    }

    /** It is taken and closed: what was sent may have met nobody. */
    private boolean refused() throws IOException {
        try (Socket socket = asking()) {
            return socket.getInputStream().read() == -1 && metrics.get("penstock.workspaces.refused").tag("why", "connections").counter().count() == 1;
        } catch (SocketException reset) {
            return metrics.get("penstock.workspaces.refused").tag("why", "connections").counter().count() == 1;
        }
    }

    private Socket asking() throws IOException {
        Socket socket = open();
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static void ended(Future<?> future) {
        await().atMost(Duration.ofMinutes(1)).until(future::isComplete);
        assertThat(future.succeeded()).isTrue();
    }
}
