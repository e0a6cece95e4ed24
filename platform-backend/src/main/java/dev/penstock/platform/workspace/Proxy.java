package dev.penstock.platform.workspace;

import dev.penstock.platform.workspace.Doorkeeper.Visitor;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one request, from the host it was sent to up to where it is passed on. */
final class Proxy {

    /** Where a ticket is swapped; no workspace gets to see this path. */
    static final String ENTER = "/.penstock/enter";

    private static final Logger log = LoggerFactory.getLogger(Proxy.class);

    private final Vertx vertx;
    private final Hosts hosts;
    private final Doorkeeper doorkeeper;
    private final Forwarder forwarder;
    private final Passing passing;
    private final Pages pages;
    private final Live live;
    private final Strangers strangers;
    private final WorkspaceSettings settings;
    private final MeterRegistry metrics;

    Proxy(Vertx vertx, Hosts hosts, Doorkeeper doorkeeper, Forwarder forwarder, Passing passing, Pages pages, Live live, Strangers strangers, WorkspaceSettings settings, MeterRegistry metrics) {
        this.vertx = vertx;
        this.hosts = hosts;
        this.doorkeeper = doorkeeper;
        this.forwarder = forwarder;
        this.passing = passing;
        this.pages = pages;
        this.live = live;
        this.strangers = strangers;
        this.settings = settings;
        this.metrics = metrics;
    }

    static String cookie(boolean secure) {
        // With this prefix browsers take it from this very host only; it needs TLS.
        return (secure ? "__Host-" : "") + "penstock-workspace";
    }

    /** @return when all of it is over; it never fails */
    Future<Void> handle(HttpServerRequest request) {
        // 1. Is there a place?
        if (!live.take()) {
            return busy(request);
        }
        Future<Void> done;
        try {
            done = answer(request);
        } catch (RuntimeException e) {
            // Whatever it is that somebody made up: its place is given back.
            log.debug("a request was not understood: {}", e.getMessage());
            done = malformed(request);
        }
        return done.otherwiseEmpty().onComplete(over -> live.giveBack());
    }

    private Future<Void> answer(HttpServerRequest request) {
        request.response().exceptionHandler(gone -> {});
        // 2. Which workspace's host is it, exactly?
        List<String> named = request.headers().getAll("host");
        Optional<String> label = named.size() == 1 ? hosts.labelOf(named.getFirst()) : Optional.empty();
        if (label.isEmpty()) {
            refused("host");
            pages.wrongHost(request);
            return Future.succeededFuture();
        }
        if (!request.uri().startsWith("/") || request.method().equals(HttpMethod.CONNECT)) {
            return malformed(request);
        }
        request.pause();
        return request.path().equals(ENTER) ? enter(request, label.get()) : pass(request, label.get());
    }

    /** 3. With a ticket: it is swapped, and the browser goes on to the workspace without it. */
    private Future<Void> enter(HttpServerRequest request, String label) {
        Optional<Token> ticket = request.method().equals(HttpMethod.GET) ? ticket(request) : Optional.empty();
        if (ticket.isEmpty()) {
            return spent(request);
        }
        if (!strangers.take()) {
            return busy(request);
        }
        return strangers.ask(() -> doorkeeper.enter(ticket.get(), label)).compose(session -> {
            if (session.isEmpty()) {
                return spent(request);
            }
            String attributes = "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + settings.sessionLife().toSeconds() + (hosts.secure() ? "; Secure" : "");
            request.resume();
            return request.response()
                    .setStatusCode(303)
                    .putHeader("Location", "/")
                    .putHeader("Set-Cookie", cookie(hosts.secure()) + "=" + session.get().text() + attributes)
                    .putHeader("Cache-Control", "no-store")
                    .putHeader("Referrer-Policy", "no-referrer")
                    .end();
        }).recover(failure -> unknown(request, failure));
    }

    private static Optional<Token> ticket(HttpServerRequest request) {
        try {
            return Token.parse(request.getParam("ticket"));
        } catch (IllegalArgumentException noEscape) {
            return Optional.empty();
        }
    }

    private Future<Void> pass(HttpServerRequest request, String label) {
        // 4. Whose session is it?
        List<String> cookies = passing.ours(request.headers());
        Optional<Token> session = cookies.size() == 1 ? Token.parse(cookies.getFirst()) : Optional.empty();
        if (session.isEmpty()) {
            return nobody(request);
        }
        // 5. Does it come from the workspace's own pages?
        if (!Provenance.isOwn(request.method(), request.headers(), hosts.origin(label))) {
            refused("origin");
            pages.stranger(request);
            return Future.succeededFuture();
        }
        // 6. Does the session still hold?
        boolean known = doorkeeper.knows(session.get());
        if (!known && !strangers.take()) {
            return busy(request);
        }
        Callable<Optional<Visitor>> question = () -> doorkeeper.admit(session.get(), label);
        return (known ? vertx.executeBlocking(question, false) : strangers.ask(question)).compose(
                visitor -> visitor.isEmpty() ? nobody(request) : passOn(request, session.get(), label, visitor.get()),
                failure -> unknown(request, failure));
    }

    /** 7. On to the workspace, for as long as the session holds. */
    private Future<Void> passOn(HttpServerRequest request, Token session, String label, Visitor visitor) {
        Live.Call call = new Live.Call(session, label, request, () -> request.connection().close());
        live.begin(call);
        return forwarder.forward(request, visitor.door(), hosts.authority(label)).onComplete(over -> live.end(call));
    }

    private Future<Void> busy(HttpServerRequest request) {
        refused("busy");
        pages.busy(request);
        return Future.succeededFuture();
    }

    private Future<Void> malformed(HttpServerRequest request) {
        refused("malformed");
        pages.malformed(request);
        return Future.succeededFuture();
    }

    private Future<Void> nobody(HttpServerRequest request) {
        refused("session");
        pages.nobody(request);
        return Future.succeededFuture();
    }

    private Future<Void> spent(HttpServerRequest request) {
        refused("ticket");
        pages.spent(request);
        return Future.succeededFuture();
    }

    private Future<Void> unknown(HttpServerRequest request, Throwable failure) {
        log.warn("whether somebody may come into a workspace could not be found out: {}", failure.getMessage());
        refused("unknown");
        pages.unknown(request);
        return Future.succeededFuture();
    }

    private void refused(String why) {
        metrics.counter("penstock.workspaces.refused", "why", why).increment();
    }
}
