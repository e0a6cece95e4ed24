package dev.penstock.quota.gateway.anthropic;

import dev.penstock.quota.gateway.wire.Trees;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What whole answers and streams have in common. */
final class Said {

    /** More than anybody counts, and their sum is still a number. */
    private static final long MOST = 1L << 53;

    /** What is read of a usage. */
    static final List<String> COUNTED = List.of("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens", "output_tokens");

    private static final Map<String, String> REASONS = Map.of(
            "end_turn", "stop", "stop_sequence", "stop", "pause_turn", "stop", "max_tokens", "length", "model_context_window_exceeded", "length", "tool_use", "tool_calls",
            "refusal", "content_filter");

    private Said() {}

    static ObjectNode envelope(String id, String object, long created, JsonNode model) {
        return Trees.JSON.createObjectNode().put("id", "chatcmpl-" + id).put("object", object).put("created", created).put("model", model.asString(""));
    }

    static String reason(JsonNode stop) {
        return REASONS.getOrDefault(stop.asString(""), "stop");
    }

    /** What came from a cache, and what was written to one, is of the prompt. */
    static ObjectNode usage(JsonNode usage) {
        long read = count(usage, "cache_read_input_tokens");
        long prompt = count(usage, "input_tokens") + count(usage, "cache_creation_input_tokens") + read;
        long completion = count(usage, "output_tokens");
        ObjectNode told = Trees.JSON.createObjectNode().put("prompt_tokens", prompt).put("completion_tokens", completion).put("total_tokens", prompt + completion);
        told.putObject("prompt_tokens_details").put("cached_tokens", read);
        return told;
    }

    /** A number that cannot be is settled for what it is; here it is not told. */
    private static long count(JsonNode usage, String name) {
        JsonNode number = usage.path(name);
        return number.isIntegralNumber() && number.canConvertToLong() ? Math.clamp(number.longValue(), 0, MOST) : 0;
    }
}
