package dev.penstock.platform.workspace;

import dev.penstock.frame.Rhythm;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The proxy's own server, at its own port. Where workspaces have no address, nothing listens. */
@Component
class ProxyServer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ProxyServer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WorkspaceSettings settings;
    private final Doorkeeper doorkeeper;
    private final MeterRegistry metrics;
    private final Live live;
    private final Rhythm checks;
    private @Nullable Vertx vertx;
    private @Nullable HttpServer server;
    private volatile @Nullable Hosts hosts;

    ProxyServer(WorkspaceSettings settings, Doorkeeper doorkeeper, MeterRegistry metrics) {
        this.settings = settings;
        this.doorkeeper = doorkeeper;
        this.metrics = metrics;
        this.live = new Live(settings.mostCalls());
        this.checks = Rhythm.of("workspace-sessions", settings.checkEvery(), this::check);
        Gauge.builder("penstock.workspaces.calls", live, Live::count).description("Requests and web sockets under way to workspaces").register(metrics);
    }

    /** Empty: workspaces have no address here. */
    Optional<Hosts> hosts() {
        return Optional.ofNullable(hosts);
    }

    /** Where it listens. */
    int port() {
        return server == null ? -1 : server.actualPort();
    }

    @Override
    public void start() {
        URI address = settings.address();
        if (address == null) {
            return;
        }
        Vertx loops = Vertx.vertx(new VertxOptions().setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        HttpServer listener = loops.createHttpServer(new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setMaxHeaderSize((int) settings.mostHeaders().toBytes())
                .setCompressionSupported(false)
                // One connection is one browser's that speaks HTTP/1.1: nothing else can be joined to a web socket. And it is known of before its first byte.
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true)
                .setIdleTimeout((int) Math.max(1, settings.idleTime().toSeconds())));
        vertx = loops;
        server = listener;
        AtomicReference<@Nullable Proxy> proxy = new AtomicReference<>();
        Connections connections = new Connections(loops, settings, metrics);
        listener.connectionHandler(connections::taken).requestHandler(request -> handle(proxy.get(), connections, request));
        await(listener.listen(), "listening at " + settings.host() + ":" + settings.port());
        // Which port it is, an address may leave to the listener: so it is known only once it listens.
        Hosts named = new Hosts(address, listener.actualPort());
        proxy.set(proxy(loops, named));
        hosts = named;
        checks.start();
        log.info("workspaces are reached below {} at {}:{}", address, settings.host(), listener.actualPort());
    }

    private static void handle(@Nullable Proxy proxy, Connections connections, HttpServerRequest request) {
        if (proxy == null) {
            request.connection().close();
            return;
        }
        connections.asks(request.connection());
        proxy.handle(request).onComplete(over -> connections.answered(request.connection()));
    }

    private Proxy proxy(Vertx loops, Hosts named) {
        Passing passing = new Passing(Proxy.cookie(named.secure()));
        Pages pages = new Pages(settings.portal());
        Forwarder forwarder = new Forwarder(loops, passing, pages, named.scheme(), settings);
        return new Proxy(loops, named, doorkeeper, forwarder, passing, pages, live, new Strangers(loops, settings.mostStrangers()), settings, metrics);
    }

    private void check() {
        doorkeeper.check(live, metrics.counter("penstock.workspaces.cut")::increment);
    }

    @Override
    public void stop() {
        hosts = null;
        if (vertx == null || server == null) {
            return;
        }
        checks.close();
        await(server.shutdown(settings.stopTime().toMillis(), TimeUnit.MILLISECONDS), "closing");
        await(vertx.close(), "closing");
        vertx = null;
    }

    @Override
    public boolean isRunning() {
        return hosts != null;
    }

    private static void await(Future<?> future, String what) {
        try {
            future.toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the proxy of workspaces: " + what, e);
        }
    }
}
