package dev.penstock.quota.gateway;

import dev.penstock.contract.CallId;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.gateway.wire.Dialect;
import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call's request and answer, as the client sees them. Belongs to one event loop. */
final class Exchange {

    /** Bytes of a stream that wait for a client that reads slowly, beyond what sockets hold; above it the engine is not read either. */
    static final int MOST_UNREAD = 64 << 10;

    private static final long MOST_DISCARDED = 64L << 20;

    private final CallId call;
    private final HttpServerRequest request;
    private final Context context;
    private final Dialect dialect;
    private final CallTrace trace;
    private final Course course = new Course();
    private final long began = System.nanoTime();
    private boolean gone;
    private @Nullable Runnable whenGone;

    Exchange(CallId call, HttpServerRequest request, Context context, Dialect dialect, CallTrace trace) {
        this.call = call;
        this.request = request;
        this.context = context;
        this.dialect = dialect;
        this.trace = trace;
        request.pause();
        request.exceptionHandler(failure -> leave());
        response().exceptionHandler(failure -> leave());
        response().closeHandler(closed -> leave());
        response().putHeader("x-request-id", call.toString());
        if (dialect == Dialect.ANTHROPIC) {
            response().putHeader("request-id", call.toString());
        }
    }

    CallId call() {
        return call;
    }

    CallTrace trace() {
        return trace;
    }

    Course course() {
        return course;
    }

    /** The time inside the call's id. */
    Instant ts() {
        return Ask.timeOf(call);
    }

    HttpServerRequest request() {
        return request;
    }

    CallHeaders headers() {
        return request::getHeader;
    }

    HttpServerResponse response() {
        return request.response();
    }

    Dialect dialect() {
        return dialect;
    }

    Context context() {
        return context;
    }

    Duration sinceBegin() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Whether the client went away before the answer was complete. */
    boolean gone() {
        return gone;
    }

    /**
     * Parts with a client that does not read. Closing waits until what was written has left, which may be never; so the call ends here, and the
     * connection at the latest when nothing has moved on it for its idle time.
     */
    void giveUp() {
        request.connection().close();
        leave();
    }

    /** Called when the client goes away; at once if it has. One at a time: the present stage's. */
    void whenGone(Runnable action) {
        whenGone = action;
        if (gone) {
            action.run();
        }
    }

    void header(String name, String value) {
        response().putHeader(name, value);
    }

    void refuse(Refusal refusal) {
        if (response().headWritten() || response().ended()) {
            return;
        }
        refusal.headers().forEach(this::header);
        header("x-penstock-decision", call.toString());
        answer(dialect.status(refusal.error()), dialect.body(refusal.error(), call.toString()));
    }

    void refuse(OpenAiError error) {
        refuse(new Refusal(error));
    }

    /** A whole answer in JSON. */
    void answer(int status, byte[] body) {
        if (gone) {
            return;
        }
        times();
        response().setStatusCode(status).putHeader("content-type", "application/json").end(Buffer.buffer(body));
        discardRest();
    }

    /** Ends a stream that had begun with an error. */
    void breakOff(OpenAiError error) {
        response().end(Buffer.buffer(dialect.event(error, call.toString())));
    }

    /** The head of a stream. */
    void beginStream() {
        times();
        response().setStatusCode(200).setChunked(true).setWriteQueueMaxSize(MOST_UNREAD);
        Map.of("content-type", "text/event-stream; charset=utf-8", "cache-control", "no-cache", "x-accel-buffering", "no").forEach(this::header);
    }

    private void times() {
        header("openai-processing-ms", Long.toString(sinceBegin().toMillis()));
    }

    /**
     * What the client is still sending is read and thrown away: a connection that is closed with bytes unread resets, and the client may never
     * see the answer. But not for ever.
     */
    private void discardRest() {
        if (!request.isEnded()) {
            long[] discarded = new long[1];
            request.handler(part -> {
                discarded[0] += part.length();
                if (discarded[0] > MOST_DISCARDED) {
                    request.connection().close();
                }
            });
            request.resume();
        }
    }

    private void leave() {
        if (gone || response().ended()) {
            return;
        }
        gone = true;
        if (whenGone != null) {
            whenGone.run();
        }
    }
}
