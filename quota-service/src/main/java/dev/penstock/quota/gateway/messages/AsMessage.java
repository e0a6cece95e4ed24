package dev.penstock.quota.gateway.messages;

import dev.penstock.quota.gateway.wire.Retelling;

/**
 * Answers of chat completions as Messages.
 *
 * @param id of the call, which becomes the message's
 */
public record AsMessage(String id) implements Retelling {

    @Override
    public byte[] whole(byte[] answer) {
        return WholeMessage.of(answer, id);
    }

    @Override
    public InPieces inPieces() {
        return new MessageStream(id);
    }
}
