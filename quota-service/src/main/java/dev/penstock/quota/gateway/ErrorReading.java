package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.EngineError;
import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Quotation;
import dev.penstock.quota.journal.Cause;
import dev.penstock.quota.route.Route;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Objects;

/**
 * The engine answered that it will not: it did no work, and nobody pays. What it says of the request is passed on
 * unless it quotes it; what it says of itself is not.
 */
final class ErrorReading implements Reading {

    private static final int MOST_BYTES = 64 << 10;

    private final EngineCall call;
    private final int status;
    private final Buffer body = Buffer.buffer();

    ErrorReading(EngineCall call, int status) {
        this.call = call;
        this.status = status;
    }

    @Override
    public void bytes(Buffer packet) {
        body.appendBuffer(packet, 0, Math.min(packet.length(), MOST_BYTES - body.length()));
    }

    @Override
    public void finished() {
        OpenAiError error = EngineError.of(status, body.getBytes(), quotation());
        call.end(Ending.failed(call.refuse(error, error.status() < 500 ? Map.of() : Retry.AFTER_A_SECOND), Cause.UPSTREAM_FAILED));
    }

    /** Of what this attempt has told the engine, and nobody is to read in an error. */
    private Quotation quotation() {
        Stage.Located located = call.admitted().located();
        Route route = located.route();
        return new Quotation(located.wording().body(), Objects.requireNonNull(route.engineKey(), "a located route has a key"), route.servedModel());
    }

    @Override
    public void cut(Cause cause) {
        finished();
    }

    @Override
    public void clientGone() {
        finished();
    }

    @Override
    public void drained() {
        finished();
    }
}
