package dev.penstock.platform.provisioning;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** A browser, as far as the proxy sees one, and one that says what no browser would. Names below {@code localhost} are this machine for it. */
final class WorkspaceVisits implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = vertx.createHttpClient();
    private final WebSocketClient sockets = vertx.createWebSocketClient();

    record Answer(int status, MultiMap headers, String body) {}

    Answer get(URI address, String... headers) {
        return send("GET", address, "", headers);
    }

    /** @param target of the request, as it is sent: no URI need be like it */
    Answer getAs(URI server, String target) {
        return await(http.request(options(new RequestOptions(), server).setURI(target)).compose(HttpClientRequest::send)
                .compose(response -> response.body().map(read -> new Answer(response.statusCode(), response.headers(), read.toString()))));
    }

    /** @param headers name, value, name, value */
    Answer send(String method, URI address, String body, String... headers) {
        return send(method, address, body, false, headers);
    }

    /** Without saying how long it is. */
    Answer sendInChunks(URI address, String body, String... headers) {
        return send("POST", address, body, true, headers);
    }

    private Answer send(String method, URI address, String body, boolean chunked, String... headers) {
        RequestOptions options = options(new RequestOptions(), address, headers).setMethod(HttpMethod.valueOf(method));
        return await(http.request(options).compose(request -> body.isEmpty() ? request.send() : request.setChunked(chunked).send(Buffer.buffer(body)))
                .compose(response -> response.body().map(read -> new Answer(response.statusCode(), response.headers(), read.toString()))));
    }

    /** Says where it comes from if {@code headers} do, and not by itself. */
    WebSocket socket(URI address, String... headers) {
        WebSocketConnectOptions options = new WebSocketConnectOptions().setAllowOriginHeader(List.of(headers).contains("Origin"));
        return await(sockets.connect(options(options, address, headers)));
    }

    private static <T extends RequestOptions> T options(T options, URI address, String... headers) {
        options.setServer(SocketAddress.inetSocketAddress(address.getPort(), "127.0.0.1")).setHost(address.getHost()).setPort(address.getPort());
        options.setURI(address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery()));
        for (int i = 0; i < headers.length; i += 2) {
            options.putHeader(headers[i], headers[i + 1]);
        }
        return options;
    }

    /** Fails as the future does. */
    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value of each cookie that the answer sets, by name, with its attributes. */
    static Map<String, String> cookies(Answer answer) {
        return answer.headers().getAll("set-cookie").stream().collect(Collectors.toMap(
                cookie -> cookie.substring(0, cookie.indexOf('=')), cookie -> cookie.substring(cookie.indexOf('=') + 1)));
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
