package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.balance.Try;
import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.gateway.wire.Usage;
import dev.penstock.quota.journal.Cause;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.journal.Journal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at one engine: {@link NothingYet}, then one of {@link ErrorReading}, {@link WholeReading}, {@link StreamReading}, until one
 * {@link Ending}. Belongs to its call's event loop.
 */
final class EngineCall {

    private static final Logger log = LoggerFactory.getLogger(EngineCall.class);

    /** An engine that has said all may end its answer properly, so that the connection can be used again. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final GatewaySettings settings;
    private final GatewayMetrics metrics;
    private final Exchange exchange;
    private final Stage.Admitted admitted;
    private final Journal journal;
    private final Try attempt;
    private final Promise<Outcome> outcome = Promise.promise();
    private final Watchdog progress;
    private final Watchdog total;
    private final Watchdog drain;
    private final Watchdog linger;
    private Reading reading = new NothingYet(this);
    private @Nullable HttpClientRequest upstream;
    private @Nullable HttpClientResponse response;
    private boolean upstreamEnded;
    private boolean paused;
    private boolean draining;
    private boolean over;
    private boolean slotGivenUp;
    private @Nullable Refusal untold;
    private boolean ourMistake;

    EngineCall(Vertx vertx, GatewaySettings settings, GatewayMetrics metrics, Exchange exchange, Stage.Admitted admitted, Journal journal, Try attempt) {
        this.settings = settings;
        this.metrics = metrics;
        this.exchange = exchange;
        this.admitted = admitted;
        this.journal = journal;
        this.attempt = attempt;
        this.progress = new Watchdog(vertx, this::stalled);
        this.total = new Watchdog(vertx, () -> tell(() -> reading.cut(Cause.TIMED_OUT)));
        this.drain = new Watchdog(vertx, () -> tell(() -> reading.drained()));
        this.linger = new Watchdog(vertx, this::hangUp);
    }

    /** @param opening the request to the engine, as soon as there is a connection */
    Future<Outcome> run(Future<HttpClientRequest> opening, byte[] body) {
        total.expect(settings.totalTime());
        progress.expect(settings.firstByteTime());
        exchange.whenGone(() -> tell(() -> reading.clientGone()));
        opening.onComplete(opened -> {
            if (opened.failed()) {
                log.warn("call {}: no connection to endpoint {}: {}", exchange.call(), admitted.located().route().endpoint(), opened.cause().getMessage());
                tell(this::unreached);
            } else if (over) {
                opened.result().reset();
            } else {
                send(opened.result(), body);
            }
        });
        return outcome.future();
    }

    Exchange exchange() {
        return exchange;
    }

    HttpServerResponse response() {
        return exchange.response();
    }

    Stage.Admitted admitted() {
        return admitted;
    }

    /** It has ended, and a connection that comes now comes too late. */
    boolean over() {
        return over;
    }

    /** Whether anything was sent to the engine: before, it cannot have worked. */
    boolean asked() {
        return upstream != null;
    }

    /** The client went away: what may still come has so much time. */
    void drain() {
        if (!draining) {
            draining = true;
            resume();
            drain.expect(settings.drainTime());
        }
    }

    void pause() {
        if (response != null && !paused && !draining) {
            paused = true;
            response.pause();
        }
    }

    void resume() {
        if (response != null && paused) {
            paused = false;
            progress.hear();
            response.resume();
        }
    }

    void firstByte(Duration after) {
        attempt.heard();
        metrics.of(admitted.located().asked().operation()).firstByte(after);
    }

    /**
     * Nothing of this attempt has reached the client, and this is what it is to be told if no other answers.
     *
     * @return the status that it then gets; it may be gone
     */
    int refuse(OpenAiError error, Map<String, String> headers) {
        untold = new Refusal(error, headers);
        return exchange.gone() ? Ending.CLIENT_CLOSED : exchange.dialect().status(error);
    }

    /** The attempt is over. More than once does nothing. */
    void end(Ending how) {
        if (over) {
            return;
        }
        over = true;
        progress.stop();
        total.stop();
        drain.stop();
        resume();
        if (how.cause() != Cause.COMPLETED) {
            hangUp();
        } else if (!upstreamEnded) {
            linger.expect(LINGER);
        }
        count(how);
        attempt.ended(of(how));
        outcome.complete(new Outcome(how, exchange.gone() ? null : untold, mayTryElsewhere(how)));
    }

    private void count(Ending how) {
        metrics.of(admitted.located().asked().operation()).tokens(how.counts(), admitted.located().bounds());
        if (of(how) == Try.End.FAILED && !ourMistake) {
            metrics.engineFailed(how.cause(), asked());
        }
    }

    /** What a client asked that no target accepts is not asked again, nor what we did wrong; what we end stays ended. */
    private boolean mayTryElsewhere(Ending how) {
        return untold != null && !exchange.gone() && !ourMistake && of(how) == Try.End.FAILED;
    }

    private Try.End of(Ending how) {
        return switch (how.cause()) {
            case COMPLETED -> Try.End.ANSWERED;
            case UPSTREAM_FAILED, UPSTREAM_BROKE_OFF, TIMED_OUT -> untold != null && untold.error().status() < 500 ? Try.End.ANSWERED : Try.End.FAILED;
            case CLIENT_GONE, SHUT_DOWN, NOT_FORWARDED, NEVER_SETTLED, KILLED -> Try.End.UNKNOWN;
        };
    }

    /** Ends it soon; its settlement comes as ever. Callable from any thread. */
    void stop() {
        exchange.context().runOnContext(back -> tell(() -> reading.cut(Cause.SHUT_DOWN)));
    }

    /** As {@link #stop}: the database has been away for so long that others may take the call's slot. */
    void giveUpSlot() {
        exchange.context().runOnContext(back -> tell(() -> {
            slotGivenUp = true;
            reading.cut(Cause.SHUT_DOWN);
        }));
    }

    /** What a client is told when no answer, or no more of it, can be given. */
    OpenAiError failure(Cause cause) {
        return slotGivenUp
                ? OpenAiError.unavailable("quota_backend_unavailable", "Whether this call may go on could not be found out for too long; it was ended.")
                : NothingYet.failure(cause);
    }

    /** What the engine counted, as it said. */
    static Counts read(Usage usage) {
        return new Counts.Read(usage.input(), usage.cacheRead(), usage.cacheWrite(), usage.output(), usage.reasoning());
    }

    /** Tokens that were sent at most, where the engine did not say. One is at least a byte, or came in a chunk of its own. */
    long delivered(long bytes, long chunks) {
        Integer perByte = admitted.located().route().maxTokensPerByte();
        long reserved = admitted.located().bounds().output();
        return perByte == null ? reserved : Math.min(reserved, bytes * perByte + chunks);
    }

    /** No engine was reached, so none has worked. */
    private void unreached() {
        int status = refuse(OpenAiError.unavailable("model_not_ready", "The model's server cannot be reached now."), Retry.AFTER_A_SECOND);
        end(Ending.failed(status, Cause.UPSTREAM_FAILED));
    }

    /** How the attempt ends if we die now. Told before what was counted is passed on, so that nobody has more than the books will say. */
    void keep(Ending ifWeDie) {
        journal.keep(ifWeDie.settlement(admitted.ask().attempt(), exchange.sinceBegin()));
    }

    private void send(HttpClientRequest request, byte[] body) {
        upstream = request;
        keep(Ending.lost(Ending.UNAVAILABLE, Cause.KILLED));
        request.exceptionHandler(failure -> tell(() -> reading.cut(Cause.UPSTREAM_FAILED)));
        request.response().onComplete(answered -> {
            if (answered.failed()) {
                tell(() -> reading.cut(Cause.UPSTREAM_FAILED));
            } else {
                tell(() -> read(answered.result()));
            }
        });
        request.end(Buffer.buffer(body));
    }

    private void read(HttpClientResponse answered) {
        response = answered;
        reading = reading(answered);
        answered.exceptionHandler(failure -> tell(() -> reading.cut(Cause.UPSTREAM_BROKE_OFF)));
        answered.endHandler(end -> {
            upstreamEnded = true;
            linger.stop();
            tell(reading::finished);
        });
        answered.handler(packet -> {
            progress.hear();
            tell(() -> reading.bytes(packet));
        });
        progress.expect(settings.idleTime());
        if (exchange.gone()) {
            reading.clientGone();
        }
    }

    private Reading reading(HttpClientResponse answered) {
        if (answered.statusCode() != 200) {
            complain(answered.statusCode());
            return new ErrorReading(this, answered.statusCode());
        }
        String type = answered.getHeader("content-type");
        boolean stream = type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
        if (!stream) {
            attempt.heard();
        }
        return stream && admitted.located().wording().streams()
                ? new StreamReading(this, (int) settings.mostEvent().toBytes())
                : new WholeReading(this, settings.mostAnswer().toBytes());
    }

    /** A request that the engine does not accept is its caller's; everything else is for whoever runs the engine. */
    private void complain(int status) {
        if (status != 400 && status != 413 && status != 422) {
            log.warn("call {}: endpoint {} answered {}", exchange.call(), admitted.located().route().endpoint(), status);
        }
    }

    /** Nothing was heard. If it is because the client does not read, the client is the one to go. */
    private void stalled() {
        if (paused) {
            exchange.giveUp();
        } else {
            tell(() -> reading.cut(Cause.TIMED_OUT));
        }
    }

    private void hangUp() {
        if (upstream != null && !upstreamEnded) {
            upstreamEnded = true;
            upstream.reset();
        }
    }

    /** Nothing that happens after the end matters, and no mistake of ours may leave an attempt without one. */
    private void tell(Runnable event) {
        if (over) {
            return;
        }
        try {
            event.run();
        } catch (RuntimeException e) {
            log.error("call {} failed by a mistake of ours", exchange.call(), e);
            ourMistake = true;
            end(Ending.lost(refuse(OpenAiError.internal(), Map.of()), Cause.UPSTREAM_FAILED));
        }
    }
}
