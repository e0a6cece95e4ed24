package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.EngineError;
import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.journal.Cause;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** The engine answered that it will not: it did no work, and nobody pays. What it says of the request is passed on, what it says of itself is not. */
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
        OpenAiError error = EngineError.of(status, body.getBytes(), call.admitted().located().route().engineKey());
        call.end(Ending.failed(call.refuse(error, error.status() < 500 ? Map.of() : Retry.AFTER_A_SECOND), Cause.UPSTREAM_FAILED));
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
