package dev.penstock.platform.workspace;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Connections to the proxy: there are so many at most, and none is held by somebody who asks for nothing, or spells a request out so slowly that it never comes.
 * While a request is under way its own bounds count.
 */
final class Connections {

    private final Vertx vertx;
    private final int most;
    private final Duration headTime;
    private final Duration restTime;
    private final MeterRegistry metrics;
    private final Map<HttpConnection, Silence> open = new ConcurrentHashMap<>();

    Connections(Vertx vertx, WorkspaceSettings settings, MeterRegistry metrics) {
        this.vertx = vertx;
        this.most = settings.mostOpen();
        this.headTime = settings.headTime();
        this.restTime = settings.restTime();
        this.metrics = metrics;
        Gauge.builder("penstock.workspaces.connections", open, Map::size).description("Connections that browsers hold to the workspaces' proxy").register(metrics);
    }

    /** On the event loop: the only one that adds. */
    void taken(HttpConnection connection) {
        if (open.size() >= most) {
            metrics.counter("penstock.workspaces.refused", "why", "connections").increment();
            connection.close();
            return;
        }
        Silence silence = new Silence(connection);
        open.put(connection, silence);
        connection.closeHandler(gone -> {
            open.remove(connection);
            silence.end();
        });
        silence.begin(headTime);
    }

    void asks(HttpConnection connection) {
        Silence silence = open.get(connection);
        if (silence != null) {
            silence.end();
        }
    }

    /** Nothing is under way on it any more, unless the next request was there already. */
    void answered(HttpConnection connection) {
        Silence silence = open.get(connection);
        if (silence != null) {
            silence.begin(restTime);
        }
    }

    /** Requests under way less one, as long as nothing is asked; its timer runs only then. */
    private final class Silence {

        private final HttpConnection connection;
        private int underWay = 1;
        private @Nullable Long timer;

        Silence(HttpConnection connection) {
            this.connection = connection;
        }

        synchronized void begin(Duration most) {
            if (--underWay == 0) {
                timer = vertx.setTimer(most.toMillis(), over -> connection.close());
            }
        }

        synchronized void end() {
            underWay++;
            if (timer != null) {
                vertx.cancelTimer(timer);
                timer = null;
            }
        }
    }
}
