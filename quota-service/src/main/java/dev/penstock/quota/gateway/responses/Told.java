package dev.penstock.quota.gateway.responses;

import dev.penstock.quota.gateway.wire.Trees;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a response repeats of its call, as it was said there; what was not said stands as it holds. */
public final class Told {

    private static final List<String> AS_SAID = List.of("instructions", "max_output_tokens", "temperature", "top_p", "user");

    private final ObjectNode members;

    private Told(ObjectNode members) {
        this.members = members;
    }

    static Told of(JsonNode call) {
        ObjectNode members = Trees.JSON.createObjectNode();
        for (String name : AS_SAID) {
            members.set(name, said(call, name) ? call.get(name) : Trees.JSON.nullNode());
        }
        members.set("metadata", said(call, "metadata") ? call.get("metadata") : Trees.JSON.createObjectNode());
        members.put("parallel_tool_calls", call.path("parallel_tool_calls").asBoolean(true));
        members.set("reasoning", said(call, "reasoning") ? call.get("reasoning") : Trees.JSON.createObjectNode().putNull("effort").putNull("summary"));
        members.set("text", said(call, "text") ? call.get("text") : Trees.JSON.createObjectNode().set("format", Trees.JSON.createObjectNode().put("type", "text")));
        members.set("tool_choice", said(call, "tool_choice") ? call.get("tool_choice") : Trees.JSON.getNodeFactory().stringNode("auto"));
        members.set("tools", said(call, "tools") ? call.get("tools") : Trees.JSON.createArrayNode());
        members.put("store", false).put("background", false).put("truncation", "disabled").putNull("previous_response_id");
        return new Told(members);
    }

    private static boolean said(JsonNode call, String name) {
        return call.has(name) && !call.get(name).isNull();
    }

    /** A response to which nothing has been said yet. */
    ObjectNode response(String id, long createdAt, JsonNode model, String status) {
        ObjectNode response = Trees.JSON.createObjectNode().put("id", "resp_" + id).put("object", "response").put("created_at", createdAt).put("status", status);
        response.putNull("error").putNull("incomplete_details").set("model", model.isString() ? model : Trees.JSON.getNodeFactory().stringNode(""));
        response.putArray("output");
        response.setAll(members);
        response.putNull("usage");
        return response;
    }

    /** Why it ends. @param reason {@code finish_reason} */
    static void end(ObjectNode response, String reason) {
        String cut = switch (reason) {
            case "length" -> "max_output_tokens";
            case "content_filter" -> "content_filter";
            default -> "";
        };
        response.put("status", cut.isEmpty() ? "completed" : "incomplete");
        if (!cut.isEmpty()) {
            response.putObject("incomplete_details").put("reason", cut);
        }
    }

    static ObjectNode usage(JsonNode usage) {
        long input = usage.path("prompt_tokens").asLong(0);
        long output = usage.path("completion_tokens").asLong(0);
        ObjectNode told = Trees.JSON.createObjectNode().put("input_tokens", input);
        told.putObject("input_tokens_details").put("cached_tokens", usage.path("prompt_tokens_details").path("cached_tokens").asLong(0));
        told.put("output_tokens", output);
        told.putObject("output_tokens_details").put("reasoning_tokens", usage.path("completion_tokens_details").path("reasoning_tokens").asLong(0));
        return told.put("total_tokens", input + output);
    }

    static ObjectNode text(String text) {
        ObjectNode part = Trees.JSON.createObjectNode().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        part.putArray("logprobs");
        return part;
    }

    static ObjectNode message(String id, String status) {
        ObjectNode message = Trees.JSON.createObjectNode().put("id", id).put("type", "message").put("status", status).put("role", "assistant");
        message.putArray("content");
        return message;
    }

    static ObjectNode reasoning(String id) {
        ObjectNode reasoning = Trees.JSON.createObjectNode().put("id", id).put("type", "reasoning");
        reasoning.putArray("summary");
        reasoning.putArray("content");
        return reasoning;
    }

    static ObjectNode call(String id, String callId, String name, String arguments, String status) {
        return Trees.JSON.createObjectNode().put("id", id).put("type", "function_call").put("status", status).put("call_id", callId).put("name", name).put("arguments", arguments);
    }
}
