package dev.penstock.platform.workspace;

import dev.penstock.platform.provisioning.Doors.Door;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes a request on to where its workspace answers, and to nowhere else: redirects are the browser's to follow. Bytes flow as fast as the slower side
 * takes them, so that files of any size pass and little waits here.
 */
final class Forwarder {

    private static final Logger log = LoggerFactory.getLogger(Forwarder.class);
    private static final int SWITCHING = 101;

    private final HttpClient client;
    private final HttpClient sockets;
    private final Passing passing;
    private final Pages pages;
    private final String scheme;
    private final WorkspaceSettings settings;

    Forwarder(Vertx vertx, Passing passing, Pages pages, String scheme, WorkspaceSettings settings) {
        this.client = vertx.createHttpClient(
                options(settings).setIdleTimeout((int) Math.max(1, settings.idleTime().toSeconds())),
                new PoolOptions().setHttp1MaxSize(settings.mostConnections()).setMaxWaitQueueSize(settings.mostConnections()));
        // A web socket keeps its connection for hours: none of them takes one from what pages ask for.
        this.sockets = vertx.createHttpClient(options(settings), new PoolOptions().setHttp1MaxSize(settings.mostCalls()).setMaxWaitQueueSize(0));
        this.passing = passing;
        this.pages = pages;
        this.scheme = scheme;
        this.settings = settings;
    }

    private static HttpClientOptions options(WorkspaceSettings settings) {
        return new HttpClientOptions()
                .setConnectTimeout((int) settings.connectTime().toMillis())
                .setMaxHeaderSize((int) settings.mostHeaders().toBytes())
                .setDecompressionSupported(false)
                .setMaxRedirects(0);
    }

    /** Always succeeds, when all is over. */
    Future<Void> forward(HttpServerRequest request, Door door, String authority) {
        boolean upgrade = Provenance.isUpgrade(request.headers());
        if (upgrade ? !isWebSocket(request) : !isBounded(request)) {
            return Future.succeededFuture();
        }
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(door.host())
                .setPort(door.port())
                .setURI(request.uri())
                .setFollowRedirects(false)
                .setHeaders(passing.inward(request.headers(), scheme, authority));
        if (upgrade) {
            // For the answer; a request that is passed on may take as long as something moves.
            options.setIdleTimeout(settings.idleTime().toMillis());
        }
        return (upgrade ? sockets : client).request(options)
                .compose(upstream -> {
                    // How it ends is told by its answer, and by its socket.
                    upstream.exceptionHandler(told -> {});
                    return upgrade ? tunnel(request, upstream) : relay(request, upstream);
                })
                .recover(failure -> {
                    log.debug("{} {} at {}: {}", request.method(), authority, door, failure.getMessage());
                    pages.unreachable(request);
                    return Future.succeededFuture();
                });
    }

    private boolean isWebSocket(HttpServerRequest request) {
        boolean is = "websocket".equalsIgnoreCase(request.getHeader("upgrade")) && request.method().equals(HttpMethod.GET) && !request.headers().contains("content-length");
        if (!is) {
            pages.malformed(request);
        }
        return is;
    }

    private boolean isBounded(HttpServerRequest request) {
        if (request.headers().contains("transfer-encoding")) {
            pages.lengthUnknown(request);
            return false;
        }
        String length = request.getHeader("content-length");
        if (length != null && (!length.matches("\\d{1,18}") || Long.parseLong(length) > settings.mostBody().toBytes())) {
            pages.tooLarge(request);
            return false;
        }
        return true;
    }

    private Future<Void> relay(HttpServerRequest request, HttpClientRequest upstream) {
        HttpServerResponse response = request.response();
        response.closeHandler(gone -> upstream.reset());
        return upstream.send(request).compose(answer -> {
            response.setStatusCode(answer.statusCode());
            MultiMap headers = passing.outward(answer.headers());
            response.headers().addAll(headers);
            boolean bodiless = request.method().equals(HttpMethod.HEAD) || answer.statusCode() == 204 || answer.statusCode() == 304;
            if (bodiless) {
                return response.end();
            }
            if (!headers.contains("content-length")) {
                response.setChunked(true);
            }
            return answer.pipe().endOnFailure(false).to(response).onFailure(broken -> request.connection().close());
        }, failure -> {
            upstream.reset();
            return Future.failedFuture(failure);
        });
    }

    /** Both sides speak as they agree; what they say is not looked at. */
    private Future<Void> tunnel(HttpServerRequest request, HttpClientRequest upstream) {
        request.resume();
        // Nobody waits for the handshake any more.
        request.response().closeHandler(gone -> upstream.reset());
        upstream.putHeader("Connection", "Upgrade").putHeader("Upgrade", "websocket");
        return upstream.connect().compose(answer -> answer.statusCode() == SWITCHING ? join(request, answer) : refused(request, answer));
    }

    private Future<Void> join(HttpServerRequest request, HttpClientResponse answer) {
        NetSocket inner = answer.netSocket();
        inner.pause();
        try {
            HttpServerResponse response = request.response().setStatusCode(SWITCHING);
            for (Map.Entry<String, String> header : passing.outward(answer.headers())) {
                response.headers().add(header.getKey(), header.getValue());
            }
            response.putHeader("Connection", "Upgrade").putHeader("Upgrade", "websocket");
            return request.toNetSocket().compose(outer -> joined(outer, inner)).onFailure(failed -> inner.close());
        } catch (RuntimeException gone) {
            // Whoever asked has left meanwhile.
            inner.close();
            return Future.failedFuture(gone);
        }
    }

    private static Future<Void> joined(NetSocket outer, NetSocket inner) {
        Promise<Void> over = Promise.promise();
        outer.closeHandler(closed -> {
            inner.close();
            over.tryComplete();
        });
        inner.closeHandler(closed -> {
            outer.close();
            over.tryComplete();
        });
        outer.pipeTo(inner);
        inner.pipeTo(outer);
        return over.future();
    }

    /** The workspace does not want it: said as it is, without what it says. */
    private Future<Void> refused(HttpServerRequest request, HttpClientResponse answer) {
        answer.request().reset();
        return request.response().setStatusCode(answer.statusCode() < 400 ? 502 : answer.statusCode()).putHeader("Connection", "close").end();
    }
}
