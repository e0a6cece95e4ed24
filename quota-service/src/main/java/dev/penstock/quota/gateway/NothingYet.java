package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.journal.Cause;
import io.vertx.core.buffer.Buffer;

/** Before the engine answered. */
record NothingYet(EngineCall call) implements Reading {

    @Override
    public void bytes(Buffer packet) {
        throw new IllegalStateException("bytes before an answer");
    }

    @Override
    public void finished() {
        cut(Cause.UPSTREAM_FAILED);
    }

    /** Once it was asked it may have been at work, and nobody knows how much; none of it reached anybody. */
    @Override
    public void cut(Cause cause) {
        int status = call.refuse(call.failure(cause), Retry.AFTER_A_SECOND);
        call.end(call.asked() ? Ending.lost(status, cause) : Ending.failed(status, cause));
    }

    @Override
    public void clientGone() {
        if (call.asked()) {
            call.drain();
        } else {
            call.end(Ending.failed(Ending.CLIENT_CLOSED, Cause.CLIENT_GONE));
        }
    }

    @Override
    public void drained() {
        call.end(Ending.lost(Ending.CLIENT_CLOSED, Cause.CLIENT_GONE));
    }

    /** What a client is told when no answer can be given. */
    static OpenAiError failure(Cause cause) {
        if (cause == Cause.TIMED_OUT) {
            return OpenAiError.upstreamTimeout("The model's server did not answer in time.");
        }
        return cause == Cause.SHUT_DOWN
                ? OpenAiError.unavailable("shutting_down", "The gateway is being restarted; try again.")
                : OpenAiError.badUpstream("The model's server broke off.");
    }
}
