package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.Answer;
import dev.penstock.quota.gateway.wire.MalformedJson;
import dev.penstock.quota.gateway.wire.Operation;
import dev.penstock.quota.gateway.wire.Retelling;
import dev.penstock.quota.gateway.wire.Usage;
import dev.penstock.quota.journal.Cause;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.journal.Payer;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is not streamed: held until it is complete, so that it is either whole and counted, or an error. A client that goes away
 * before pays for it if the engine completes it soon: otherwise leaving just before the end would be a way not to pay.
 */
final class WholeReading implements Reading {

    private final EngineCall call;
    private final long most;
    private final Gathered body = new Gathered();

    WholeReading(EngineCall call, long most) {
        this.call = call;
        this.most = most;
    }

    @Override
    public void bytes(Buffer packet) {
        if (body.length() + packet.length() > most) {
            cut(Cause.UPSTREAM_FAILED);
        } else {
            body.add(packet.getBytes());
        }
    }

    @Override
    public void finished() {
        byte[] bytes = body.bytes();
        Answer answer = read(bytes);
        byte[] told = answer == null || answer.error() ? null : told(bytes);
        if (answer == null || told == null) {
            cut(Cause.UPSTREAM_FAILED);
        } else if (!call.exchange().gone()) {
            Counts counts = counts(answer);
            LimitHeaders.write(call.exchange(), call.admitted());
            tellCost(counts);
            call.keep(new Ending(200, counts, Payer.CALLER, Cause.KILLED, null));
            call.exchange().answer(200, told);
            call.end(new Ending(200, counts, Payer.CALLER, Cause.COMPLETED, null));
        } else if (answer.usage() != null) {
            call.end(new Ending(Ending.CLIENT_CLOSED, counts(answer), Payer.CALLER, Cause.CLIENT_GONE, null));
        } else {
            drained();
        }
    }

    /** Whatever it had worked on reached nobody. */
    @Override
    public void cut(Cause cause) {
        call.end(Ending.lost(call.refuse(call.failure(cause), Retry.AFTER_A_SECOND), cause));
    }

    @Override
    public void clientGone() {
        call.drain();
    }

    @Override
    public void drained() {
        call.end(Ending.lost(Ending.CLIENT_CLOSED, Cause.CLIENT_GONE));
    }

    /** Not of what we had to estimate: the call's row will say. */
    private void tellCost(Counts counts) {
        if (counts instanceof Counts.Read told) {
            call.admitted().verdict().cost(told).ifPresent(cost -> call.exchange().header("x-penstock-cost", Refusals.money(cost.picoUnits()) + " " + cost.currency()));
        }
    }

    private Counts counts(Answer answer) {
        Usage usage = answer.usage();
        if (!call.admitted().located().asked().operation().isCharged()) {
            return Counts.NOTHING;
        }
        return usage == null ? new Counts.Delivered(call.delivered(answer.said(), 1)) : EngineCall.read(usage);
    }

    /** Null: it is no answer that could be said to this client. */
    private byte @Nullable [] told(byte[] bytes) {
        try {
            Retelling retelling = call.admitted().located().wording().retelling();
            return retelling == null ? bytes : retelling.whole(bytes);
        } catch (MalformedJson e) {
            return null;
        }
    }

    private @Nullable Answer read(byte[] bytes) {
        try {
            return switch (call.admitted().located().wording().dialect()) {
                case OPENAI -> Answer.read(call.admitted().located().wording().operation(), bytes);
                case ANTHROPIC -> Answer.ofMessage(bytes);
            };
        } catch (MalformedJson e) {
            return null;
        }
    }
}
