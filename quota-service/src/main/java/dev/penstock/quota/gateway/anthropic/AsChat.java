package dev.penstock.quota.gateway.anthropic;

import dev.penstock.quota.gateway.wire.MalformedJson;
import dev.penstock.quota.gateway.wire.Retelling;
import dev.penstock.quota.gateway.wire.Trees;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers of Messages as chat completions.
 *
 * @param id of the call, which becomes the answer's
 * @param created in seconds since 1970
 * @param withUsage whether a stream ends with what was used
 */
public record AsChat(String id, long created, boolean withUsage) implements Retelling {

    @Override
    public byte[] whole(byte[] answer) {
        try {
            JsonNode message = Trees.JSON.readTree(answer);
            if (!message.path("content").isArray()) {
                throw new MalformedJson("an answer without content");
            }
            ObjectNode chat = Said.envelope(id, "chat.completion", created, message.path("model"));
            ObjectNode choice = chat.putArray("choices").addObject().put("index", 0);
            content(message.path("content"), choice.putObject("message").put("role", "assistant"));
            choice.putNull("logprobs").put("finish_reason", Said.reason(message.path("stop_reason")));
            chat.set("usage", Said.usage(message.path("usage")));
            return Trees.JSON.writeValueAsBytes(chat);
        } catch (JacksonException e) {
            throw new MalformedJson(e.getOriginalMessage());
        }
    }

    private static void content(JsonNode content, ObjectNode to) {
        @Nullable StringBuilder text = null;
        StringBuilder thought = new StringBuilder();
        to.putNull("content");
        for (JsonNode block : content) {
            switch (block.path("type").asString("")) {
                case "text" -> text = (text == null ? new StringBuilder() : text).append(block.path("text").asString(""));
                case "thinking" -> thought.append(block.path("thinking").asString(""));
                case "tool_use" -> to.withArray("tool_calls").addObject().put("id", block.path("id").asString("")).put("type", "function").putObject("function")
                        .put("name", block.path("name").asString("")).put("arguments", Trees.JSON.writeValueAsString(block.path("input")));
                default -> {
                    // Chat completions have no words for it.
                }
            }
        }
        if (text != null) {
            to.put("content", text.toString());
        }
        if (!thought.isEmpty()) {
            to.put("reasoning_content", thought.toString());
        }
    }

    @Override
    public InPieces inPieces() {
        return new ChatStream(id, created, withUsage);
    }
}
