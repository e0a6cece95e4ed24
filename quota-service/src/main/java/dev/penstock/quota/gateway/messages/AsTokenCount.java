package dev.penstock.quota.gateway.messages;

import dev.penstock.quota.gateway.wire.MalformedJson;
import dev.penstock.quota.gateway.wire.Retelling;
import dev.penstock.quota.gateway.wire.Trees;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** How many tokens an engine made of a call, as Messages tell it. */
public final class AsTokenCount implements Retelling {

    @Override
    public byte[] whole(byte[] answer) {
        try {
            JsonNode count = Trees.JSON.readTree(answer).path("count");
            if (!count.isIntegralNumber() || count.bigIntegerValue().signum() < 0) {
                throw new MalformedJson("a count that is none");
            }
            return Trees.JSON.writeValueAsBytes(Trees.JSON.createObjectNode().set("input_tokens", count));
        } catch (JacksonException e) {
            throw new MalformedJson(e.getOriginalMessage());
        }
    }

    @Override
    public InPieces inPieces() {
        throw new IllegalStateException("a count is never streamed");
    }
}
