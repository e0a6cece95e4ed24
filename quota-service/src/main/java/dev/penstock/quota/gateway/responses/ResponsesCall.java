package dev.penstock.quota.gateway.responses;

import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.gateway.wire.Trees;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call of Responses as a call of chat completions. What only steers OpenAI's own service is left out; what would change the answer and cannot be said
 * to the engine is refused. Members that are unknown go along as they came, as they do for chat completions.
 */
public final class ResponsesCall {

    /** Says nothing to an engine of ours, or is about tools that their service runs, which are refused. */
    private static final Set<String> OF_THEIR_SERVICE = Set.of(
            "metadata", "service_tier", "safety_identifier", "prompt_cache_key", "prompt_cache_retention", "max_tool_calls", "stream_options", "store", "background");

    /** Would keep something between calls, or read what was kept. */
    private static final Set<String> NOT_OFFERED = Set.of("previous_response_id", "conversation", "prompt", "context_management");

    /** Their own proof of what the model thought, which ours does not need: nothing is added to the answer for it. */
    private static final String PROOF = "reasoning.encrypted_content";

    private static final Set<String> CHOICES = Set.of("auto", "none", "required");

    /** Under another name there. */
    private static final Map<String, String> RENAMED = Map.of("max_output_tokens", "max_tokens");

    private final ObjectNode from;
    private final ObjectNode to = Trees.JSON.createObjectNode();

    private ResponsesCall(ObjectNode from) {
        this.from = from;
    }

    /**
     * @param chat the call as it is read and forwarded
     * @param told what a response repeats of the call
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Translated(byte[] chat, Told told) {}

    /** @throws Refusal 400, saying what is wrong with which field */
    public static Translated translate(byte[] body) {
        try {
            if (!(Trees.JSON.readTree(body) instanceof ObjectNode call)) {
                throw invalid(null, "The body must be a JSON object.");
            }
            return new Translated(Trees.JSON.writeValueAsBytes(new ResponsesCall(call).translated()), Told.of(call));
        } catch (JacksonException e) {
            throw invalid(null, "We could not read the body as JSON: " + e.getOriginalMessage() + ".");
        }
    }

    private ObjectNode translated() {
        ArrayNode messages = to.putArray("messages");
        JsonNode instructions = from.path("instructions");
        if (instructions.isString()) {
            messages.addObject().put("role", "system").set("content", instructions);
        } else if (!instructions.isMissingNode() && !instructions.isNull()) {
            throw invalid("instructions", "`instructions` must be a string.");
        }
        from.properties().forEach(member -> member(member.getKey(), member.getValue()));
        Items.add(from.path("input"), messages);
        return to;
    }

    private void member(String name, JsonNode value) {
        boolean asked = !value.isNull();
        if (asked && NOT_OFFERED.contains(name)) {
            throw notOffered(name);
        }
        switch (name) {
            case "input", "instructions" -> {
                // Become messages.
            }
            case "store", "background" -> {
                if (asked && !(value.isBoolean() && !value.booleanValue())) {
                    throw notOffered(name);
                }
            }
            case "tools" -> tools(value);
            case "tool_choice" -> toolChoice(value);
            case "text" -> format(value.path("format"));
            case "reasoning" -> {
                if (value.path("effort").isString()) {
                    to.set("reasoning_effort", value.get("effort"));
                }
            }
            case "include" -> include(value);
            case "truncation" -> {
                if (value.asString("").equals("auto")) {
                    throw invalid(name, "`truncation` auto is not offered: nothing is left out of what was said.");
                }
            }
            case "top_logprobs" -> {
                if (value.asLong(0) > 0) {
                    throw invalid(name, "`top_logprobs` is not offered here; chat completions tell them.");
                }
            }
            case "n", "best_of", "messages", "max_tokens", "max_completion_tokens", "response_format", "functions" ->
                throw invalid(name, "`" + name + "` is a field of chat completions, not of responses.");
            default -> {
                if (!OF_THEIR_SERVICE.contains(name) && !NOT_OFFERED.contains(name)) {
                    to.set(RENAMED.getOrDefault(name, name), value);
                }
            }
        }
    }

    private void tools(JsonNode value) {
        if (value.isNull()) {
            return;
        }
        ArrayNode tools = Trees.JSON.createArrayNode();
        for (JsonNode tool : list("tools", value)) {
            if (!tool.path("type").asString("").equals("function")) {
                throw invalid("tools", "Only tools of the type `function` are offered; those that a server runs by itself are not.");
            }
            ObjectNode function = tools.addObject().put("type", "function").putObject("function");
            for (String member : new String[] {"name", "description", "parameters", "strict"}) {
                JsonNode given = tool.path(member);
                if (!given.isMissingNode() && !given.isNull()) {
                    function.set(member, given);
                }
            }
        }
        if (!tools.isEmpty()) {
            to.set("tools", tools);
        }
    }

    private void toolChoice(JsonNode value) {
        if (value.isNull()) {
            return;
        }
        if (value.isString() && CHOICES.contains(value.asString())) {
            to.set("tool_choice", value);
        } else if (value.path("type").asString("").equals("function")) {
            to.putObject("tool_choice").put("type", "function").putObject("function").put("name", value.path("name").asString(""));
        } else {
            throw invalid("tool_choice", "`tool_choice` must be auto, none, required, or a function by its name.");
        }
    }

    private void format(JsonNode format) {
        switch (format.path("type").asString("text")) {
            case "text" -> {
                // As it is.
            }
            case "json_object" -> to.putObject("response_format").put("type", "json_object");
            case "json_schema" -> {
                ObjectNode schema = to.putObject("response_format").put("type", "json_schema").putObject("json_schema");
                for (String member : new String[] {"name", "description", "schema", "strict"}) {
                    JsonNode given = format.path(member);
                    if (!given.isMissingNode() && !given.isNull()) {
                        schema.set(member, given);
                    }
                }
            }
            default -> throw invalid("text.format", "`text.format` must be text, json_object or json_schema.");
        }
    }

    private static void include(JsonNode value) {
        if (!value.isNull()) {
            for (JsonNode each : list("include", value)) {
                if (!each.asString("").equals(PROOF)) {
                    throw invalid("include", "`include` can ask for nothing here: no tools are run by the server, and nothing is kept.");
                }
            }
        }
    }

    static Iterable<JsonNode> list(String name, JsonNode value) {
        if (!(value instanceof ArrayNode list)) {
            throw invalid(name, "`" + name + "` must be a list.");
        }
        return list;
    }

    private static Refusal notOffered(String name) {
        return invalid(name, "`" + name + "` is not offered: nothing is kept between calls. Send what was said before in `input`.");
    }

    static Refusal invalid(@Nullable String param, String message) {
        return new Refusal(OpenAiError.invalid(param, message));
    }
}
