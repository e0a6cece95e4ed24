package dev.penstock.quota.gateway.messages;

import dev.penstock.quota.gateway.wire.Trees;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One message of Messages as messages of chat completions: what tools answered becomes messages of their own, before what a person says besides. */
final class Turn {

    private Turn() {}

    static void add(JsonNode message, ArrayNode messages) {
        String role = message.path("role").asString("");
        List<JsonNode> blocks = Blocks.of("messages", message.path("content"));
        switch (role) {
            case "user" -> user(blocks, messages);
            case "assistant" -> assistant(blocks, messages);
            case "system" -> messages.addObject().put("role", "system").put("content", Blocks.text("messages", message.path("content")));
            default -> throw MessagesCall.invalid("messages: a role must be user or assistant.");
        }
    }

    /** Whether it is the beginning of the answer, which the model is to go on with. */
    static boolean isBegun(JsonNode message) {
        return message.path("role").asString("").equals("assistant") && !message.has("tool_calls");
    }

    private static void user(List<JsonNode> blocks, ArrayNode messages) {
        List<ObjectNode> parts = new ArrayList<>();
        for (JsonNode block : blocks) {
            if (Blocks.type(block).equals("tool_result")) {
                answered(block, messages, parts);
            } else {
                parts.add(Blocks.part(block));
            }
        }
        if (!parts.isEmpty()) {
            messages.addObject().put("role", "user").set("content", Blocks.content(parts));
        }
    }

    /** @param besides gets pictures that a tool answered with, which an engine takes from a person only */
    private static void answered(JsonNode block, ArrayNode messages, List<ObjectNode> besides) {
        List<ObjectNode> texts = new ArrayList<>();
        JsonNode content = block.path("content");
        for (JsonNode each : content.isMissingNode() || content.isNull() ? List.<JsonNode>of() : Blocks.of("messages", content)) {
            ObjectNode part = Blocks.part(each);
            (Blocks.type(part).equals("text") ? texts : besides).add(part);
        }
        String text = Blocks.content(texts).asString("");
        messages.addObject().put("role", "tool").put("tool_call_id", block.path("tool_use_id").asString(""))
                .put("content", block.path("is_error").asBoolean(false) ? "Error: " + text : text);
    }

    /** What it thought is not said to it again: its proof is another service's, and templates leave it out. */
    private static void assistant(List<JsonNode> blocks, ArrayNode messages) {
        ObjectNode said = Trees.JSON.createObjectNode().put("role", "assistant");
        List<ObjectNode> parts = new ArrayList<>();
        ArrayNode calls = Trees.JSON.createArrayNode();
        for (JsonNode block : blocks) {
            switch (Blocks.type(block)) {
                case "tool_use" -> calls.addObject().put("id", block.path("id").asString("")).put("type", "function").putObject("function")
                        .put("name", block.path("name").asString("")).put("arguments", Trees.JSON.writeValueAsString(block.path("input")));
                case "thinking", "redacted_thinking" -> {
                    // Left out.
                }
                default -> parts.add(Blocks.part(block));
            }
        }
        if (!parts.isEmpty() || calls.isEmpty()) {
            said.set("content", Blocks.content(parts));
        }
        if (!calls.isEmpty()) {
            said.set("tool_calls", calls);
        }
        messages.add(said);
    }
}
