package dev.penstock.quota.gateway.messages;

import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.gateway.wire.Trees;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call of Messages as a call of chat completions. What only steers Anthropic's own service is left out; what would change the answer and cannot be said to the
 * engine is refused. Members that are unknown go along as they came, as they do for chat completions.
 */
public final class MessagesCall {

    /** Says nothing to an engine of ours: thinking is shown when a model does it, caches are the engine's own. */
    private static final Set<String> OF_THEIR_SERVICE = Set.of("metadata", "service_tier", "thinking", "context_management", "cache_control", "inference_geo", "speed", "betas");

    /** Would keep something between calls, or run something beside the model. */
    private static final Set<String> NOT_OFFERED = Set.of("container", "mcp_servers");

    private static final Map<String, String> CHOICES = Map.of("auto", "auto", "any", "required", "none", "none");

    private final ObjectNode from;
    private final ObjectNode to = Trees.JSON.createObjectNode();

    private MessagesCall(ObjectNode from) {
        this.from = from;
    }

    /**
     * @param counted whether only its length is asked for, so that it says nothing of its answer's
     * @throws Refusal 400, saying what is wrong with which field
     */
    public static byte[] asChat(byte[] body, boolean counted) {
        try {
            if (!(Trees.JSON.readTree(body) instanceof ObjectNode call)) {
                throw invalid("The body must be a JSON object.");
            }
            return Trees.JSON.writeValueAsBytes(new MessagesCall(call).translated(counted));
        } catch (JacksonException e) {
            throw invalid("We could not read the body as JSON: " + e.getOriginalMessage() + ".");
        }
    }

    private ObjectNode translated(boolean counted) {
        if (!counted && !from.has("max_tokens")) {
            throw invalid("max_tokens: Field required.");
        }
        ArrayNode messages = to.putArray("messages");
        from.properties().forEach(member -> member(member.getKey(), member.getValue(), messages));
        if (!(from.get("messages") instanceof ArrayNode said)) {
            throw invalid("messages: must be a list.");
        }
        for (JsonNode message : said) {
            Turn.add(message, messages);
        }
        if (counted) {
            to.remove("stream");
        }
        if (Turn.isBegun(messages.path(messages.size() - 1))) {
            to.put("continue_final_message", true).put("add_generation_prompt", false);
        }
        return to;
    }

    private void member(String name, JsonNode value, ArrayNode messages) {
        if (NOT_OFFERED.contains(name) && !value.isNull()) {
            throw invalid(name + ": not offered: nothing is kept between calls, and nothing is run beside the model.");
        }
        switch (name) {
            case "messages" -> {
                // After the system prompt, wherever that stands.
            }
            case "system" -> system(value, messages);
            case "n", "best_of" -> throw invalid(name + ": a message is one answer.");
            case "stop_sequences" -> to.set("stop", value);
            case "tools" -> tools(value);
            case "tool_choice" -> toolChoice(value);
            case "output_config" -> format(value.path("format"));
            case "output_format" -> format(value);
            default -> {
                if (!OF_THEIR_SERVICE.contains(name) && !NOT_OFFERED.contains(name)) {
                    to.set(name, value);
                }
            }
        }
    }

    private static void system(JsonNode value, ArrayNode messages) {
        String text = value.isNull() ? "" : Blocks.text("system", value);
        if (!text.isEmpty()) {
            messages.insertObject(0).put("role", "system").put("content", text);
        }
    }

    private void tools(JsonNode value) {
        if (value.isNull()) {
            return;
        }
        ArrayNode tools = to.putArray("tools");
        for (JsonNode tool : list("tools", value)) {
            String type = tool.path("type").asString("custom");
            if (!type.equals("custom")) {
                throw invalid("tools: the type " + type + " is Anthropic's own and is not offered here; describe the tool with `input_schema`.");
            }
            ObjectNode function = tools.addObject().put("type", "function").putObject("function");
            function.put("name", tool.path("name").asString(""));
            if (tool.has("description")) {
                function.set("description", tool.get("description"));
            }
            function.set("parameters", tool.path("input_schema").isObject() ? tool.get("input_schema") : Trees.JSON.createObjectNode());
            if (tool.path("strict").isBoolean()) {
                function.set("strict", tool.get("strict"));
            }
        }
        if (tools.isEmpty()) {
            to.remove("tools");
        }
    }

    private void toolChoice(JsonNode value) {
        if (value.isNull()) {
            return;
        }
        String type = value.path("type").asString("");
        if (type.equals("tool")) {
            to.putObject("tool_choice").put("type", "function").putObject("function").put("name", value.path("name").asString(""));
        } else if (CHOICES.containsKey(type)) {
            to.put("tool_choice", CHOICES.get(type));
        } else {
            throw invalid("tool_choice: its type must be auto, any, tool or none.");
        }
        if (value.path("disable_parallel_tool_use").asBoolean(false)) {
            to.put("parallel_tool_calls", false);
        }
    }

    /** An answer by a schema. */
    private void format(JsonNode format) {
        if (format.isMissingNode() || format.isNull()) {
            return;
        }
        if (!format.path("type").asString("").equals("json_schema") || !format.path("schema").isObject()) {
            throw invalid("output format: it must be of the type json_schema, with a schema.");
        }
        ObjectNode schema = to.putObject("response_format").put("type", "json_schema").putObject("json_schema");
        schema.put("name", "answer").put("strict", true).set("schema", format.get("schema"));
    }

    static List<JsonNode> list(String name, @Nullable JsonNode value) {
        if (!(value instanceof ArrayNode list)) {
            throw invalid(name + ": must be a list.");
        }
        return list.valueStream().toList();
    }

    static Refusal invalid(String message) {
        return new Refusal(OpenAiError.invalid(null, message));
    }
}
