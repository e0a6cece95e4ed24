package dev.penstock.quota.gateway.messages;

import dev.penstock.quota.gateway.wire.Trees;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What whole answers and streams have in common. */
final class Said {

    private static final Map<String, String> STOPS = Map.of(
            "stop", "end_turn", "length", "max_tokens", "tool_calls", "tool_use", "function_call", "tool_use", "content_filter", "refusal");

    private Said() {}

    /** A message without what it says. */
    static ObjectNode message(String id, JsonNode model) {
        ObjectNode message = Trees.JSON.createObjectNode().put("id", "msg_" + id).put("type", "message").put("role", "assistant");
        message.set("model", model);
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        return message;
    }

    /** Why it ends. @param choice with {@code finish_reason}, and with {@code stop_reason} where the engine names the sequence it met */
    static void stop(ObjectNode to, JsonNode choice) {
        JsonNode sequence = choice.path("stop_reason");
        if (choice.path("finish_reason").asString("").equals("stop") && sequence.isString()) {
            to.put("stop_reason", "stop_sequence").set("stop_sequence", sequence);
        } else {
            to.put("stop_reason", STOPS.getOrDefault(choice.path("finish_reason").asString(""), "end_turn")).putNull("stop_sequence");
        }
    }

    /** What came from a cache is not in {@code input_tokens}. */
    static ObjectNode usage(JsonNode usage) {
        long cached = usage.path("prompt_tokens_details").path("cached_tokens").asLong(0);
        return Trees.JSON.createObjectNode()
                .put("input_tokens", Math.max(0, usage.path("prompt_tokens").asLong(0) - cached))
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", cached)
                .put("output_tokens", usage.path("completion_tokens").asLong(0));
    }
}
