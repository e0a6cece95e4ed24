package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads calls of Messages as Anthropic's service does: what it does not know it refuses, and what tools answered must stand where they were called. */
final class MessageReading {

    private static final Set<String> KNOWN = Set.of(
            "model", "messages", "max_tokens", "system", "stop_sequences", "stream", "temperature", "top_p", "top_k", "tools", "tool_choice", "metadata",
            "service_tier", "thinking", "cache_control", "output_config");

    /**
     * What a caller wants said, checked, with the answer it will get.
     *
     * @param caches whether what is read is to be kept for calls to come
     */
    record MessageAsk(Prompt prompt, Script script, boolean stream, boolean caches) {
    }

    private final EngineSettings engine;
    private final Fields body;
    private final boolean counted;
    private final ObjectNode chat = Json.object();
    private final ArrayNode messages = chat.putArray("messages");
    private Set<String> called = new HashSet<>();

    /** @param counted whether only its length is asked for */
    MessageReading(EngineSettings engine, Fields body, boolean counted) {
        this.engine = engine;
        this.body = body;
        this.counted = counted;
        read();
    }

    Prompt prompt() {
        return ChatTemplate.of(Fields.of(chat));
    }

    MessageAsk ask() {
        Prompt prompt = prompt();
        long limit = body.whole("max_tokens", 0);
        if (prompt.tokens() > engine.maxModelLen()) {
            throw ModelFailure.malformed("prompt is too long: " + prompt.tokens() + " tokens > " + engine.maxModelLen() + " maximum");
        }
        if (prompt.tokens() + limit > engine.maxModelLen()) {
            throw ModelFailure.malformed("input length and `max_tokens` exceed context limit: " + prompt.tokens() + " + " + limit + " > " + engine.maxModelLen());
        }
        Optional<ToolCall> tool = ToolCall.of(Fields.of(chat), prompt.question(), true);
        Script script = tool.map(call -> Script.ofTool(call.name(), call.arguments(), (int) limit))
                .orElseGet(() -> Script.ofText(
                        Wording.answer(engine.servedModelName(), prompt.question(), ChatTemplate.lastToolAnswer(Fields.of(chat)), 0), (int) limit)
                        .endingAt(body.texts("stop_sequences"), false));
        return new MessageAsk(prompt, script, body.flag("stream", false), (body.at("messages") + " " + body.at("system") + body.at("tools")).contains("\"cache_control\""));
    }

    private void read() {
        for (String name : body.names()) {
            if (!KNOWN.contains(name)) {
                throw ModelFailure.malformed(name + ": Extra inputs are not permitted");
            }
        }
        if (!counted && body.whole("max_tokens", 0) < 1) {
            throw ModelFailure.malformed(body.has("max_tokens") ? "max_tokens: Input should be greater than or equal to 1" : "max_tokens: Field required");
        }
        tools();
        if (body.has("system")) {
            messages.addObject().put("role", "system").put("content", text("system", body.at("system")));
        }
        for (JsonNode message : body.required("messages")) {
            message(message);
        }
        if (!called.isEmpty()) {
            throw ModelFailure.malformed("messages: `tool_use` ids were found without `tool_result` blocks immediately after: " + called);
        }
    }

    private void tools() {
        if (!body.has("tools")) {
            return;
        }
        ArrayNode tools = chat.putArray("tools");
        for (JsonNode tool : body.at("tools")) {
            if (!tool.path("input_schema").path("type").asString("").equals("object")) {
                throw ModelFailure.malformed("tools.input_schema.type: Field required");
            }
            ObjectNode function = tools.addObject().put("type", "function").putObject("function").put("name", Json.text(tool, "name"));
            function.put("description", Json.text(tool, "description")).set("parameters", tool.path("input_schema"));
        }
        switch (Json.text(body.at("tool_choice"), "type")) {
            case "", "auto" -> chat.put("tool_choice", "auto");
            case "any" -> chat.put("tool_choice", "required");
            case "none" -> chat.put("tool_choice", "none");
            case "tool" -> chat.putObject("tool_choice").put("type", "function").putObject("function").put("name", Json.text(body.at("tool_choice"), "name"));
            default -> throw ModelFailure.malformed("tool_choice: Input tag does not match any of the expected tags");
        }
    }

    private void message(JsonNode message) {
        String role = Json.text(message, "role");
        if (!role.equals("user") && !role.equals("assistant")) {
            throw ModelFailure.malformed("messages.role: Input should be 'user' or 'assistant'");
        }
        Set<String> expected = called;
        called = new HashSet<>();
        ObjectNode said = Json.object().put("role", role);
        StringBuilder text = new StringBuilder();
        for (JsonNode block : blocks(message.path("content"))) {
            switch (Json.text(block, "type")) {
                case "tool_use" -> {
                    called.add(Json.text(block, "id"));
                    said.withArray("tool_calls").addObject().put("id", Json.text(block, "id")).putObject("function").put("name", Json.text(block, "name"))
                            .put("arguments", block.path("input").toString());
                }
                case "tool_result" -> {
                    if (!expected.remove(Json.text(block, "tool_use_id"))) {
                        throw ModelFailure.malformed("messages: unexpected `tool_use_id` found in `tool_result` blocks: " + Json.text(block, "tool_use_id"));
                    }
                    messages.addObject().put("role", "tool").put("content", text("messages", block.path("content")));
                }
                case "image" -> text.append("a picture from ").append(Json.text(block, "source", "type"));
                default -> text.append(text("messages", Json.object().arrayNode().add(block)));
            }
        }
        if (!expected.isEmpty()) {
            throw ModelFailure.malformed("messages: `tool_use` ids were found without `tool_result` blocks immediately after: " + expected);
        }
        if (!text.isEmpty() || said.has("tool_calls")) {
            messages.add(said.put("content", text.toString()));
        }
    }

    private static List<JsonNode> blocks(JsonNode content) {
        if (content.isArray() && content.isEmpty() || content.isMissingNode()) {
            throw ModelFailure.malformed("messages: all messages must have non-empty content");
        }
        return content.isArray() ? content.valueStream().toList() : List.of(Json.object().put("type", "text").put("text", content.asString("")));
    }

    private static String text(String where, JsonNode content) {
        if (content.isMissingNode()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode block : blocks(content)) {
            if (!Json.text(block, "type").equals("text")) {
                throw ModelFailure.malformed(where + ": Input tag '" + Json.text(block, "type") + "' does not match any of the expected tags");
            }
            if (Json.text(block, "text").isEmpty()) {
                throw ModelFailure.malformed(where + ": text content blocks must be non-empty");
            }
            text.append(Json.text(block, "text"));
        }
        return text.toString();
    }
}
