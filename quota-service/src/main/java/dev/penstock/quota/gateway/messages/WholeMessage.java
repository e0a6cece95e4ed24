package dev.penstock.quota.gateway.messages;

import dev.penstock.quota.gateway.wire.MalformedJson;
import dev.penstock.quota.gateway.wire.Trees;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A whole answer of chat completions as one of Messages. */
final class WholeMessage {

    private WholeMessage() {}

    /**
     * @param id of the call, which becomes the message's
     * @throws MalformedJson if it is no such answer
     */
    static byte[] of(byte[] answer, String id) {
        try {
            JsonNode chat = Trees.JSON.readTree(answer);
            JsonNode choice = chat.path("choices").path(0);
            if (!choice.path("message").isObject()) {
                throw new MalformedJson("an answer without a message");
            }
            ObjectNode message = Said.message(id, chat.path("model"));
            content(choice.path("message"), message.withArray("content"));
            Said.stop(message, choice);
            message.set("usage", Said.usage(chat.path("usage")));
            return Trees.JSON.writeValueAsBytes(message);
        } catch (JacksonException e) {
            throw new MalformedJson(e.getOriginalMessage());
        }
    }

    private static void content(JsonNode from, ArrayNode content) {
        String thought = Trees.thought(from);
        if (thought != null) {
            content.addObject().put("type", "thinking").put("thinking", thought).put("signature", "");
        }
        String text = from.path("content").asString(from.path("refusal").asString(""));
        if (!text.isEmpty()) {
            content.addObject().put("type", "text").put("text", text);
        }
        for (JsonNode call : from.path("tool_calls")) {
            ObjectNode use = content.addObject().put("type", "tool_use").put("id", call.path("id").asString("")).put("name", call.path("function").path("name").asString(""));
            use.set("input", input(call.path("function").path("arguments").asString("")));
        }
    }

    /** A model may write what is no object; whoever runs the tool then sees what it wrote. */
    private static JsonNode input(String arguments) {
        try {
            JsonNode input = Trees.JSON.readTree(arguments.isBlank() ? "{}" : arguments);
            if (input.isObject()) {
                return input;
            }
        } catch (JacksonException e) {
            // As below.
        }
        return Trees.JSON.createObjectNode().put("arguments", arguments);
    }
}
