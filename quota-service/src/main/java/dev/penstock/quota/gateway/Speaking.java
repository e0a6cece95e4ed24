package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.messages.MessagesCall;
import dev.penstock.quota.gateway.wire.BodyReader;
import dev.penstock.quota.gateway.wire.CallBody;
import dev.penstock.quota.gateway.wire.Operation;
import dev.penstock.quota.gateway.wire.Refusal;
import io.vertx.core.Future;

/** What a client says, as the engine is to be told: its own bytes, or their translation where the engine speaks another dialect. */
final class Speaking {

    /** A longer body is translated at a desk: a tree of megabytes would hold up whoever else is on the event loop. */
    private static final int SHORT = 64 << 10;

    private final BodyReader reader;
    private final Desk desk;

    Speaking(BodyReader reader, Desk desk) {
        this.reader = reader;
        this.desk = desk;
    }

    /** Fails with a {@link Refusal}: 400, 503. */
    Future<CallBody> understand(Exchange exchange, Operation operation, byte[] said) {
        Operation atEngine = operation.atEngine();
        if (atEngine == operation) {
            return Future.succeededFuture(said).map(bytes -> reader.read(operation, bytes));
        }
        Future<byte[]> translated = said.length <= SHORT
                ? Future.succeededFuture(said).map(MessagesCall::asChat)
                : desk.submit(exchange.context(), () -> MessagesCall.asChat(said));
        return translated.map(bytes -> reader.read(atEngine, bytes));
    }
}
