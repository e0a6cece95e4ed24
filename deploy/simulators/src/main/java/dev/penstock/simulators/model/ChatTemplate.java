package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Makes one prompt of a conversation. The stated rule: four tokens for each message beside its texts, three for the answer's
 * beginning, eight for each tool beside its JSON. Every marker below is at most four bytes and so one token.
 */
final class ChatTemplate {

    private static final List<String> BEGIN = List.of("<|b", "rl|>");
    private static final List<String> END = List.of("<|e", "\n");
    private static final List<String> ANSWER = List.of("<|b", "as|>", "\n");
    private static final List<String> TOOL = List.of("<|t", "nm|>", "ds|>", "ar|>", "{", "}", "<|/", "\n");
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");

    private ChatTemplate() {
    }

    static Prompt of(Fields body) {
        JsonNode messages = body.required("messages");
        if (!messages.isArray()) {
            throw ModelFailure.malformed("1 validation error: messages: Input should be a valid list");
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode tool : body.at("tools")) {
            parts.addAll(TOOL);
            parts.add(tool.toString());
        }
        String question = "";
        for (JsonNode message : messages) {
            String role = Json.text(message, "role");
            if (!ROLES.contains(role)) {
                throw ModelFailure.malformed("1 validation error: messages.role: unexpected value '" + role + "'");
            }
            String text = text(message.path("content"));
            question = role.equals("user") ? text : question;
            parts.addAll(BEGIN);
            parts.add(Json.text(message, "name"));
            parts.add(text);
            message.path("tool_calls").forEach(call -> parts.add(call.path("function").toString()));
            parts.addAll(END);
        }
        parts.addAll(ANSWER);
        return new Prompt(parts, List.of(), question);
    }

    /** What the tool said, if the conversation ends with that; empty otherwise. */
    static String lastToolAnswer(Fields body) {
        JsonNode messages = body.at("messages");
        JsonNode last = messages.path(messages.size() - 1);
        return Json.text(last, "role").equals("tool") ? text(last.path("content")) : "";
    }

    private static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.isString() ? content.asString("") : "";
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode part : content) {
            String type = Json.text(part, "type");
            if (!type.isEmpty() && !Set.of("text", "input_text", "refusal", "thinking").contains(type)) {
                throw ModelFailure.badRequest("This is not a multimodal model: it cannot read a part of type " + type, null);
            }
            texts.add(part.isString() ? part.asString("") : Json.text(part, type.equals("refusal") ? "refusal" : "text"));
        }
        return String.join("\n", texts);
    }
}
