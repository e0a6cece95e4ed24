package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.messages.AsMessage;
import dev.penstock.quota.gateway.messages.AsTokenCount;
import dev.penstock.quota.gateway.messages.MessagesCall;
import dev.penstock.quota.gateway.responses.AsResponse;
import dev.penstock.quota.gateway.responses.ResponsesCall;
import dev.penstock.quota.gateway.wire.BodyReader;
import dev.penstock.quota.gateway.wire.Operation;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.gateway.wire.Retelling;
import dev.penstock.quota.grant.Holder;
import io.vertx.core.Future;

/** What a client says, as the engine is to be told: its own bytes, or their translation where the engine speaks otherwise. */
final class Speaking {

    /** A longer body is translated at a desk: a tree of megabytes would hold up whoever else is on the event loop. */
    private static final int SHORT = 64 << 10;

    private final BodyReader reader;
    private final Desk desk;

    /** @param chat the call as one of chat completions */
    @SuppressWarnings("ArrayRecordComponent")
    private record Translated(byte[] chat, Retelling retelling) {}

    Speaking(BodyReader reader, Desk desk) {
        this.reader = reader;
        this.desk = desk;
    }

    /** Fails with a {@link Refusal}: 400, 503. */
    Future<Stage.Asked> understand(Exchange exchange, Operation operation, Holder holder, byte[] said) {
        String id = exchange.call().toString();
        if (!operation.isTranslated()) {
            return Future.succeededFuture(said).map(bytes -> understood(id, operation, holder, bytes));
        }
        Future<Translated> translated = said.length <= SHORT
                ? Future.succeededFuture(said).map(bytes -> translated(operation, id, bytes))
                : desk.submit(exchange.context(), () -> translated(operation, id, said));
        return translated.map(call -> new Stage.Asked(operation, holder, reader.read(operation.atEngine(), call.chat()), call.retelling()));
    }

    /**
     * At once, however long it is.
     *
     * @throws Refusal 400
     */
    Stage.Asked understood(String id, Operation operation, Holder holder, byte[] said) {
        if (!operation.isTranslated()) {
            return new Stage.Asked(operation, holder, reader.read(operation, said), null);
        }
        Translated call = translated(operation, id, said);
        return new Stage.Asked(operation, holder, reader.read(operation.atEngine(), call.chat()), call.retelling());
    }

    private static Translated translated(Operation operation, String id, byte[] said) {
        return switch (operation) {
            case MESSAGES -> new Translated(MessagesCall.asChat(said, false), new AsMessage(id));
            case COUNT_TOKENS -> new Translated(MessagesCall.asChat(said, true), new AsTokenCount());
            case RESPONSES -> {
                ResponsesCall.Translated response = ResponsesCall.translate(said);
                yield new Translated(response.chat(), new AsResponse(id, response.told()));
            }
            case CHAT, COMPLETIONS, EMBEDDINGS, RERANK -> throw new IllegalArgumentException(operation + " goes as it comes");
        };
    }
}
