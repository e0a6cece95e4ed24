package dev.penstock.ui.backend;

import dev.penstock.contract.CallId;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * One call, from its sending to its end. Whoever stops it closes the connection: that is how the gateway learns that nobody listens, and lets the
 * engine go. It also ends with the portal session.
 */
final class GatewayCall implements ModelCalls.Running {

    private static final Logger log = LoggerFactory.getLogger(GatewayCall.class);
    private static final int LONGEST_REFUSAL = 64 << 10;

    private final HttpClient http;
    private final PortalSession session;
    private final HttpRequest.Builder request;
    private final ModelCalls.Told told;
    private final JsonMapper json;
    private final Refusal refusals;
    private volatile long sentNanos = System.nanoTime();
    private volatile boolean stopped;
    private volatile @Nullable CompletableFuture<HttpResponse<InputStream>> sending;
    private volatile @Nullable InputStream open;

    GatewayCall(HttpClient http, PortalSession session, HttpRequest.Builder request, ModelCalls.Told told, JsonMapper json) {
        this.http = http;
        this.session = session;
        this.request = request;
        this.told = told;
        this.json = json;
        this.refusals = new Refusal(json);
    }

    GatewayCall start() {
        Thread.ofVirtual().name("call of a model").start(this::run);
        return this;
    }

    @Override
    public void stop() {
        stopped = true;
        CompletableFuture<?> unanswered = sending;
        if (unanswered != null) {
            unanswered.cancel(true);
        }
        InputStream body = open;
        if (body != null) {
            close(body);
        }
    }

    private void run() {
        Runnable left = session.whenOver(this::stop);
        CallEnd end = new CallEnd.Broken("The portal made a mistake.");
        try {
            end = answer();
        } catch (SignedOut over) {
            end = new CallEnd.Stopped();
        } catch (BackendProblem noToken) {
            end = new CallEnd.Refused(0, null, noToken.title(), null, null);
        } catch (RuntimeException mistake) {
            log.error("a call of a model failed by a mistake of ours", mistake);
        } finally {
            left.run();
            told.over(stopped ? new CallEnd.Stopped() : end, sinceSent());
        }
    }

    private CallEnd answer() {
        try {
            String token = session.accessToken();
            HttpResponse<InputStream> response = send(token);
            if (response.statusCode() == 401) {
                // Nothing was done: the token was revoked, or the provider changed its keys.
                close(response.body());
                response = send(session.accessTokenInsteadOf(token));
            }
            return read(response);
        } catch (Unanswered unanswered) {
            log.debug("a call of a model was not answered", unanswered);
            return new CallEnd.Refused(0, null, "The gateway does not answer.", null, null);
        } catch (IOException | CancellationException away) {
            log.debug("the gateway went away, or nobody listens any more", away);
            return new CallEnd.Broken("The connection to the gateway broke.");
        }
    }

    private HttpResponse<InputStream> send(String token) throws IOException {
        sentNanos = System.nanoTime();
        CompletableFuture<HttpResponse<InputStream>> response =
                http.sendAsync(request.copy().header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofInputStream());
        sending = response;
        if (stopped) {
            response.cancel(true); // Stopped before there was anything to cancel.
        }
        try {
            return response.get();
        } catch (ExecutionException e) {
            throw new Unanswered(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private CallEnd read(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            open = body;
            if (stopped) {
                return new CallEnd.Stopped();
            }
            id(response).ifPresent(told::begun);
            return response.statusCode() == 200
                    ? new AnswerReader(json, (words, thought) -> told.said(words, thought, sinceSent())).read(body)
                    : refusals.read(response, body.readNBytes(LONGEST_REFUSAL));
        } finally {
            open = null;
        }
    }

    private static Optional<CallId> id(HttpResponse<?> response) {
        try {
            return response.headers().firstValue("x-request-id").map(CallId::of);
        } catch (IllegalArgumentException aProxysOwn) {
            return Optional.empty();
        }
    }

    private Duration sinceSent() {
        return Duration.ofNanos(System.nanoTime() - sentNanos);
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException alreadyGone) {
            log.trace("closing an answer", alreadyGone);
        }
    }

    /** Whether the call arrived is unknown; if it did, it is booked. */
    private static final class Unanswered extends IOException {

        private static final long serialVersionUID = 1L;

        Unanswered(@Nullable Throwable cause) {
            super(cause);
        }
    }
}
