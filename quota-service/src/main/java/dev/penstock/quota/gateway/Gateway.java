package dev.penstock.quota.gateway;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The server of the data path: an HTTP server on each event loop, all at one port. */
final class Gateway implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Gateway.class);

    /** After the copies in memory and whatever settles, which begin at the phases below; and so, at the end, before them. */
    static final int PHASE = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Connections outlive the calls on them by this: who is ended is told so, and not cut off. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final GatewaySettings settings;
    private final CallHandler handler;
    private final Live live;
    private final List<Desk> desks;
    private final CallLog calls;
    private final Slots slots;
    private final Traces traces;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private volatile boolean running;
    private volatile boolean stopping;

    Gateway(Vertx vertx, GatewaySettings settings, CallHandler handler, Live live, List<Desk> desks, CallLog calls, Slots slots, Traces traces) {
        this.vertx = vertx;
        this.settings = settings;
        this.handler = handler;
        this.live = live;
        this.desks = desks;
        this.calls = calls;
        this.slots = slots;
        this.traces = traces;
    }

    /** Where it listens. */
    int port() {
        return servers.getFirst().actualPort();
    }

    @Override
    public void start() {
        // Any port is another one for each.
        int listeners = settings.port() == 0 ? 1 : settings.loops();
        await(vertx.deployVerticle(Listener::new, new DeploymentOptions().setInstances(listeners)), "listening at port " + settings.port());
        slots.watch();
        running = true;
        log.info("the gateway listens at {}:{}", settings.host(), port());
    }

    /**
     * Takes no more calls, lets those under way go on for a while, then ends them, each with its settlement. Under way is whatever has come on a
     * connection that was taken before: each is closed by the server once its answer has left, at once where nothing was asked. So what is waited for
     * is the end of the connections: that no call is under way at some moment does not say that none of them has yet to be read.
     */
    @Override
    public void stop() {
        stopping = true;
        running = false;
        long connections = settings.stopTime().plus(LAST_WORDS).toMillis();
        Future<?> closed = Future.join(servers.stream().map(server -> server.shutdown(connections, TimeUnit.MILLISECONDS)).toList());
        if (!within(settings.stopTime(), closed)) {
            live.stopAll();
            within(LAST_WORDS.multipliedBy(2), closed);
        }
        if (!live.awaitQuiet(PATIENCE)) {
            log.warn("{} calls did not end; they will be settled by the journal at the next start", live.count());
        }
        desks.forEach(Desk::close);
        await(vertx.close(), "closing");
        calls.close();
        traces.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private final class Listener extends AbstractVerticle {

        @Override
        public void start(Promise<Void> started) {
            HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                            .setHost(settings.host())
                            .setPort(settings.port())
                            .setMaxHeaderSize((int) settings.mostHeaders().toBytes())
                            .setHandle100ContinueAutomatically(true)
                            .setCompressionSupported(false)
                            .setPerFrameWebSocketCompressionSupported(false)
                            .setPerMessageWebSocketCompressionSupported(false)
                            // Only of connections on which nothing moves at all: while a call waits for its engine, its own watchdogs count.
                            .setIdleTimeout((int) settings.firstByteTime().plus(settings.idleTime()).toSeconds()))
                    .connectionHandler(Gateway.this::taken)
                    .requestHandler(handler);
            server.listen().<Void>mapEmpty().onComplete(started);
            servers.add(server);
        }
    }

    /** The server ends those it knows of when it begins to stop; one that comes after that it would serve, and cut off when the others have ended. */
    private void taken(HttpConnection connection) {
        if (stopping) {
            connection.close();
        }
    }

    private static boolean within(Duration time, Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the gateway: closing its connections", e);
        }
    }

    private static void await(Future<?> future, String what) {
        try {
            future.toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the gateway: " + what, e);
        }
    }
}
