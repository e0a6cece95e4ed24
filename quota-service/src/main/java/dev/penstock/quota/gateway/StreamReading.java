package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.CallBody.StreamOptions;
import dev.penstock.quota.gateway.wire.MalformedJson;
import dev.penstock.quota.gateway.wire.MessageRelay;
import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Relay;
import dev.penstock.quota.gateway.wire.Retelling;
import dev.penstock.quota.gateway.wire.StreamFilter;
import dev.penstock.quota.gateway.wire.Usage;
import dev.penstock.quota.journal.Cause;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.journal.Payer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A stream, relayed as it comes. What was delivered is paid, by the last count that the engine told; what nobody was sent is not.
 *
 * <p>When the client goes away, an engine that counts as it goes has told by then what it produced, and is cut off at once. If it told nothing
 * yet, it is listened to until it does, for a bounded time: a call that was begun and left must not be settled by guessing where knowing costs a
 * moment.
 */
final class StreamReading implements Reading {

    private final EngineCall call;
    private final Relay filter;
    /** Null: the client speaks as the engine does, and is sent its bytes. */
    private final Retelling.@Nullable InPieces translated;
    private @Nullable Duration firstToken;
    private boolean answered;

    StreamReading(EngineCall call, int mostEventBytes) {
        this.call = call;
        Wording wording = call.admitted().located().wording();
        Retelling retelling = wording.retelling();
        this.translated = retelling == null ? null : retelling.inPieces();
        this.filter = switch (wording.dialect()) {
            case OPENAI -> new StreamFilter(retelling != null ? StreamOptions.ALL : wording.body().options(), mostEventBytes);
            case ANTHROPIC -> new MessageRelay(mostEventBytes);
        };
    }

    @Override
    public void bytes(Buffer packet) {
        try {
            pass(filter.accept(packet.length(), packet::getBytes));
        } catch (Relay.BadStream | MalformedJson e) {
            cut(Cause.UPSTREAM_BROKE_OFF);
            return;
        }
        if (filter.done()) {
            complete();
        } else if (filter.broken()) {
            cut(Cause.UPSTREAM_BROKE_OFF);
        } else if (call.exchange().gone()) {
            leaveIfCounted();
        }
    }

    @Override
    public void finished() {
        pass(filter.finish());
        if (filter.done()) {
            complete();
        } else {
            cut(Cause.UPSTREAM_BROKE_OFF);
        }
    }

    @Override
    public void cut(Cause cause) {
        OpenAiError error = call.failure(cause);
        if (call.exchange().gone()) {
            drained();
        } else if (answered) {
            call.exchange().breakOff(error);
            end(200, cause);
        } else {
            end(call.refuse(error, Retry.AFTER_A_SECOND), cause);
        }
    }

    @Override
    public void clientGone() {
        call.drain();
        leaveIfCounted();
    }

    @Override
    public void drained() {
        end(Ending.CLIENT_CLOSED, Cause.CLIENT_GONE);
    }

    private void leaveIfCounted() {
        if (filter.usage() != null) {
            drained();
        }
    }

    private void complete() {
        if (call.exchange().gone()) {
            drained();
            return;
        }
        if (!answered) {
            begin();
        }
        call.response().end();
        end(200, filter.failed() ? Cause.UPSTREAM_BROKE_OFF : Cause.COMPLETED);
    }

    private void pass(int bytes) {
        if (firstToken == null && filter.chunks() > 0) {
            firstToken = call.exchange().sinceBegin();
            call.firstByte(firstToken);
        }
        boolean relayed = bytes > 0 && !call.exchange().gone();
        if (relayed && !answered) {
            begin();
        }
        call.keep(new Ending(answered ? 200 : Ending.UNAVAILABLE, counts(), payer(), Cause.KILLED, firstToken));
        if (!relayed) {
            return;
        }
        HttpServerResponse response = call.response();
        response.write(translated == null ? Buffer.buffer(bytes).appendBytes(filter.passed(), 0, bytes) : Buffer.buffer(translated.accept(filter.passed(), bytes)));
        if (response.writeQueueFull()) {
            call.pause();
            response.drainHandler(drained -> call.resume());
        }
    }

    private void begin() {
        answered = true;
        LimitHeaders.write(call.exchange(), call.admitted());
        call.exchange().beginStream();
    }

    private void end(int status, Cause cause) {
        call.end(new Ending(status, counts(), payer(), cause, firstToken));
    }

    private Payer payer() {
        return filter.chunks() > 0 && answered ? Payer.CALLER : Payer.PLATFORM;
    }

    private Counts counts() {
        Usage usage = filter.usage();
        if (usage != null) {
            return EngineCall.read(usage);
        }
        if (filter.failed() && filter.chunks() == 0) {
            return Counts.NOTHING;
        }
        Usage begun = filter.begun();
        long delivered = call.delivered(filter.said(), filter.chunks());
        return begun == null ? new Counts.Delivered(delivered) : new Counts.Begun(begun.input(), begun.cacheRead(), begun.cacheWrite(), delivered);
    }
}
