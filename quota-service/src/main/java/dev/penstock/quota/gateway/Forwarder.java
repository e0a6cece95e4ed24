package dev.penstock.quota.gateway;

import dev.penstock.contract.TenantId;
import dev.penstock.quota.gateway.balance.Balancer;
import dev.penstock.quota.gateway.wire.CallBody;
import dev.penstock.quota.gateway.wire.Dialect;
import dev.penstock.quota.gateway.wire.ForwardBody;
import dev.penstock.quota.journal.Cause;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.route.Route;
import dev.penstock.quota.upstream.Upstream;
import dev.penstock.quota.upstream.UpstreamAddress;
import dev.penstock.quota.upstream.Upstreams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Step 5: forward, relay, read usage in passing. Owns the connections to engines: on each event loop a pool for each address, so that a call stays on the
 * thread that took it. None follows redirects.
 */
final class Forwarder {

    private static final Logger log = LoggerFactory.getLogger(Forwarder.class);

    /** The engine that counts as it goes, and whose prefix cache can be separated by a salt. */
    private static final String VLLM = "vllm";

    /** Less than the 5 s after which the web server of most engines closes an idle connection: none is used that is being closed. */
    private static final int KEEP_ALIVE_SECONDS = 4;

    private static final int WAITING_PER_CONNECTION = 4;

    /** What the base URL of an upstream has in its place. */
    private static final String USUAL_PATH = "/v1";

    /** The version of Messages that we read and write. */
    private static final String ANTHROPIC_VERSION = "2023-06-01";

    private final Vertx vertx;
    private final GatewaySettings settings;
    private final GatewayMetrics metrics;
    private final Live live;
    private final Journal journal;
    private final Balancer balancer;
    private final Upstreams upstreams;
    private final AddressTurns turns = new AddressTurns(System::nanoTime);
    /** By the thread of the event loop. */
    private final Map<Thread, HttpClient> clients = new ConcurrentHashMap<>();

    Forwarder(Vertx vertx, GatewaySettings settings, GatewayMetrics metrics, Live live, Journal journal, Balancer balancer, Upstreams upstreams) {
        this.vertx = vertx;
        this.settings = settings;
        this.metrics = metrics;
        this.live = live;
        this.journal = journal;
        this.balancer = balancer;
        this.upstreams = upstreams;
    }

    private HttpClient client() {
        return clients.computeIfAbsent(Thread.currentThread(), loop -> newClient());
    }

    /** An engine's connections are divided among event loops, as clients' are: a pool that they shared would hand out each other's. */
    private HttpClient newClient() {
        int most = Math.ceilDiv(settings.mostConnections(), settings.loops());
        return vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) settings.connectTime().toMillis())
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setDecompressionSupported(false)
                        .setMaxRedirects(0),
                new PoolOptions()
                        .setHttp1MaxSize(most)
                        .setMaxWaitQueueSize(WAITING_PER_CONNECTION * most)
                        .setCleanerPeriod((int) TimeUnit.SECONDS.toMillis(1)));
    }

    /** Always succeeds: with how it ended. */
    Future<Outcome> forward(Exchange exchange, Stage.Admitted admitted) {
        if (exchange.gone()) {
            return Future.succeededFuture(new Outcome(Ending.failed(Ending.CLIENT_CLOSED, Cause.CLIENT_GONE), null, false));
        }
        Stage.Located located = admitted.located();
        EngineCall call = new EngineCall(
                vertx, settings, metrics, exchange, admitted, journal, balancer.begin(located.route().endpoint(), located.wording().streams()));
        live.begin(call);
        return call.run(open(call), body(admitted)).onComplete(ended -> live.end(call));
    }

    private Future<HttpClientRequest> open(EngineCall call) {
        Stage.Admitted admitted = call.admitted();
        Route route = admitted.located().route();
        Upstream upstream = route.upstream();
        if (upstream == null) {
            RequestOptions request = common(inside(route, path(admitted)), call).putHeader("x-penstock-attempt", Integer.toString(admitted.ask().number()));
            call.exchange().trace().tell(request);
            return client().request(request);
        }
        return reach(upstream, turns.order(upstream.name(), upstreams.addresses(upstream)).iterator(), call);
    }

    /**
     * At the first of these addresses that takes a connection, each for as long as one may take, until the attempt is over. Nothing of the call was sent to those before: a
     * request begins when it has a connection. None is asked that calls may no longer go to by then.
     */
    private Future<HttpClientRequest> reach(Upstream upstream, Iterator<InetAddress> untried, EngineCall call) {
        InetAddress pinned = nextPinned(upstream, untried);
        if (pinned == null) {
            return Future.failedFuture("no address of the upstream " + upstream.name() + " is known");
        }
        return client().request(common(outside(upstream.address(), pinned, path(call.admitted())), call))
                .onSuccess(opened -> turns.reached(upstream.name(), pinned))
                .recover(failure -> {
                    if (failure instanceof ConnectionPoolTooBusyException) {
                        return Future.failedFuture(failure);
                    }
                    if (turns.away(upstream.name(), pinned)) {
                        log.warn("upstream {}: no connection to {}; its other addresses come first: {}", upstream.name(), pinned.getHostAddress(), failure.getMessage());
                    }
                    return untried.hasNext() && !call.over() ? reach(upstream, untried, call) : Future.failedFuture(failure);
                });
    }

    private @Nullable InetAddress nextPinned(Upstream upstream, Iterator<InetAddress> untried) {
        while (untried.hasNext()) {
            InetAddress next = untried.next();
            if (upstreams.addresses(upstream).contains(next)) {
                return next;
            }
        }
        return null;
    }

    private static String path(Stage.Admitted admitted) {
        return admitted.located().wording().path();
    }

    private RequestOptions common(RequestOptions to, EngineCall call) {
        Stage.Admitted admitted = call.admitted();
        String key = Objects.requireNonNull(admitted.located().route().engineKey(), "a located route has a key");
        switch (admitted.located().wording().dialect()) {
            case OPENAI -> to.putHeader("authorization", "Bearer " + key);
            case ANTHROPIC -> {
                to.putHeader("x-api-key", key).putHeader("anthropic-version", ANTHROPIC_VERSION);
                if (admitted.located().asked().operation().dialect() == Dialect.ANTHROPIC) {
                    Betas.allowed(call.exchange().request().headers().getAll(Betas.HEADER), settings.anthropicBetas()).ifPresent(betas -> to.putHeader(Betas.HEADER, betas));
                }
            }
        }
        return to
                .setMethod(HttpMethod.POST)
                .setFollowRedirects(false)
                .putHeader("content-type", "application/json")
                .putHeader("accept", admitted.located().wording().streams() ? "text/event-stream" : "application/json")
                .putHeader("x-request-id", call.exchange().call().toString());
    }

    private static RequestOptions inside(Route route, String path) {
        URI address = route.address();
        boolean tls = "https".equalsIgnoreCase(address.getScheme());
        return new RequestOptions()
                .setHost(address.getHost())
                .setPort(address.getPort() >= 0 ? address.getPort() : tls ? 443 : 80)
                .setSsl(tls)
                .setURI(path);
    }

    /** To an address that was judged before, whatever its name says by now; the certificate has to be the name's. */
    private static RequestOptions outside(UpstreamAddress address, InetAddress pinned, String path) {
        return new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(address.port(), pinned.getHostAddress()))
                .setHost(address.host())
                .setPort(address.port())
                .setSsl(address.tls())
                .putHeader("host", address.authority())
                .setURI(address.path() + path.substring(USUAL_PATH.length()));
    }

    private static byte[] body(Stage.Admitted admitted) {
        Wording wording = admitted.located().wording();
        Route route = admitted.located().route();
        boolean vllm = route.engine().equalsIgnoreCase(VLLM);
        return ForwardBody.write(wording.operation(), wording.body(), new ForwardBody.Rewriting(
                route.servedModel(), admitted.located().bounds(), admitted.located().facts(), vllm, route.limitField().orElse(null),
                vllm && route.shared() ? salt(admitted.located().asked().holder().tenant(), wording.body()) : null));
    }

    /**
     * A prefix cache that tenants share tells one by the time it takes what another has asked. Whatever salt a caller brings stays within its
     * tenant.
     */
    private static @Nullable String salt(TenantId tenant, CallBody body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest((tenant + "\n" + ForwardBody.cacheSalt(body)).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
