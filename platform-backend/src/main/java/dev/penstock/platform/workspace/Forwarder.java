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
    private final Passing passing;
    private final Pages pages;
    private final String scheme;
    private final WorkspaceSettings settings;

    Forwarder(Vertx vertx, Passing passing, Pages pages, String scheme, WorkspaceSettings settings) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) settings.connectTime().toMillis())
                        .setMaxHeaderSize((int) settings.mostHeaders().toBytes())
                        .setDecompressionSupported(false)
                        .setMaxRedirects(0),
                new PoolOptions().setHttp1MaxSize(settings.mostConnections()).setMaxWaitQueueSize(settings.mostConnections()));
        this.passing = passing;
        this.pages = pages;
        this.scheme = scheme;
        this.settings = settings;
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
                .setIdleTimeout(settings.idleTime().toMillis())
                .setHeaders(passing.inward(request.headers(), scheme, authority));
        return client.request(options)
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
        upstream.putHeader("Connection", "Upgrade").putHeader("Upgrade", "websocket");
        return upstream.connect().compose(answer -> answer.statusCode() == SWITCHING ? join(request, answer) : refused(request, answer));
    }

    private Future<Void> join(HttpServerRequest request, HttpClientResponse answer) {
        NetSocket inner = answer.netSocket();
        inner.pause();
        HttpServerResponse response = request.response().setStatusCode(SWITCHING);
        for (Map.Entry<String, String> header : passing.outward(answer.headers())) {
            response.headers().add(header.getKey(), header.getValue());
        }
        response.putHeader("Connection", "Upgrade").putHeader("Upgrade", "websocket");
        return request.toNetSocket().compose(outer -> {
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
        }, failure -> {
            inner.close();
            return Future.failedFuture(failure);
        });
    }

    /** The workspace does not want it: said as it is, without what it says. */
    private Future<Void> refused(HttpServerRequest request, HttpClientResponse answer) {
        answer.request().reset();
        return request.response().setStatusCode(answer.statusCode() < 400 ? 502 : answer.statusCode()).putHeader("Connection", "close").end();
    }
}
