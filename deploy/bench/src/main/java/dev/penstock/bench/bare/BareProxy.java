package dev.penstock.bench.bare;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/** Passes everything on by Vert.x and asks nobody anything: the request whole, the answer as it comes. On one event loop, with the gateway's libraries. */
public final class BareProxy {

    private static final int MOST_CONNECTIONS = 2_000;

    private final HttpClient client;
    private final int upstream;

    private BareProxy(HttpClient client, int upstream) {
        this.client = client;
        this.upstream = upstream;
    }

    /** @param arguments the port to listen at, and that of the upstream, both of the loopback address */
    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
        BareProxy proxy = new BareProxy(client, Integer.parseInt(arguments[1]));
        vertx.createHttpServer().requestHandler(proxy::pass).listen(Integer.parseInt(arguments[0]), "127.0.0.1");
    }

    private void pass(HttpServerRequest request) {
        RequestOptions options = new RequestOptions().setMethod(request.method()).setHost("127.0.0.1").setPort(upstream).setURI(request.uri());
        request.body()
                .compose(body -> client.request(options.putHeader("content-type", "application/json"))
                        .compose(asked -> request.method().equals(HttpMethod.POST) ? asked.send(body) : asked.send()))
                .onSuccess(answer -> pass(answer, request.response()))
                .onFailure(failure -> request.response().setStatusCode(502).end());
    }

    private static void pass(HttpClientResponse answer, HttpServerResponse response) {
        response.setStatusCode(answer.statusCode());
        String length = answer.getHeader("content-length");
        if (length == null) {
            response.setChunked(true);
        } else {
            response.putHeader("content-length", length);
        }
        response.putHeader("content-type", String.valueOf(answer.getHeader("content-type")));
        answer.pipeTo(response);
    }
}
