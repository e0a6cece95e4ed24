package dev.penstock.quota.gateway.anthropic;

import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.gateway.wire.Trees;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call of chat completions as a call of Messages. What only steers OpenAI's own service or an engine of ours is left out; what would change the answer and
 * cannot be said in Messages is refused. Members that are unknown go along as they came: a server of Messages refuses by name what it does not know.
 */
public final class ChatCall {

    /** Says nothing there, or is promised by nobody, as that a seed is kept to. */
    private static final Set<String> LEFT_OUT = Set.of(
            "user", "metadata", "service_tier", "store", "background", "stream_options", "seed", "prompt_cache_key", "prompt_cache_retention", "safety_identifier",
            "verbosity", "prediction", "reasoning_effort", "cache_salt", "web_search_options", "previous_response_id", "conversation");

    private static final Map<String, String> CHOICES = Map.of("auto", "auto", "required", "any", "none", "none");

    private final ObjectNode from;
    private final ObjectNode to = Trees.JSON.createObjectNode();

    private ChatCall(ObjectNode from) {
        this.from = from;
    }

    /** @throws Refusal 400, saying which field cannot be said */
    public static byte[] asMessage(byte[] body) {
        try {
            if (!(Trees.JSON.readTree(body) instanceof ObjectNode call)) {
                throw invalid(null, "The body must be a JSON object.");
            }
            return Trees.JSON.writeValueAsBytes(new ChatCall(call).translated());
        } catch (JacksonException e) {
            throw invalid(null, "We could not read the body as JSON: " + e.getOriginalMessage() + ".");
        }
    }

    private ObjectNode translated() {
        from.properties().forEach(member -> {
            if (!member.getValue().isNull()) {
                member(member.getKey(), member.getValue());
            }
        });
        new Turns(to).add(from.path("messages"));
        toolChoice(from.path("tool_choice"));
        return to;
    }

    private void member(String name, JsonNode value) {
        switch (name) {
            case "messages", "tool_choice", "parallel_tool_calls" -> {
                // Need what else there is.
            }
            case "max_tokens", "max_completion_tokens" -> limit(value);
            case "stop" -> to.set("stop_sequences", value.isString() ? Trees.JSON.createArrayNode().add(value) : value);
            case "tools" -> tools(value);
            case "temperature" -> {
                refuseIf(value.isNumber() && value.decimalValue().compareTo(BigDecimal.ONE) > 0, name, "may be 1 at most for this model");
                to.set(name, value);
            }
            case "n", "best_of" -> refuseIf(!isNumber(value, 1), name, "may be 1 at most for this model");
            case "response_format" -> refuseIf(!value.path("type").asString("").equals("text"), name, "can only be text for this model");
            case "modalities" -> refuseIf(!value.valueStream().allMatch(each -> each.asString("").equals("text")), name, "can only be text for this model");
            case "logprobs" -> refuseIf(!value.isBoolean() || value.booleanValue(), name, "cannot be told of this model");
            case "top_logprobs" -> refuseIf(!isNumber(value, 0), name, "cannot be told of this model");
            case "frequency_penalty", "presence_penalty" -> refuseIf(!isNumber(value, 0), name, "is not offered for this model");
            case "logit_bias" -> refuseIf(!value.isEmpty(), name, "is not offered for this model");
            case "functions", "function_call", "audio" -> throw invalid(name, "`" + name + "` is not offered for this model.");
            default -> {
                if (!LEFT_OUT.contains(name)) {
                    to.set(name, value);
                }
            }
        }
    }

    /** Of two that are said the smaller: each of them is a promise. */
    private void limit(JsonNode value) {
        JsonNode present = to.path("max_tokens");
        if (!present.isIntegralNumber() || !value.isIntegralNumber() || value.bigIntegerValue().compareTo(present.bigIntegerValue()) < 0) {
            to.set("max_tokens", value);
        }
    }

    private void tools(JsonNode value) {
        ArrayNode tools = Trees.JSON.createArrayNode();
        for (JsonNode each : list("tools", value)) {
            JsonNode function = each.path("function");
            refuseIf(!each.path("type").asString("function").equals("function"), "tools", "can only be functions");
            ObjectNode tool = tools.addObject().put("name", function.path("name").asString(""));
            if (function.path("description").isString()) {
                tool.set("description", function.get("description"));
            }
            tool.set("input_schema", function.path("parameters").isObject() && !function.get("parameters").isEmpty()
                    ? function.get("parameters") : Trees.JSON.createObjectNode().put("type", "object"));
            if (each.path("cache_control").isObject()) {
                tool.set("cache_control", each.get("cache_control"));
            }
        }
        if (!tools.isEmpty()) {
            to.set("tools", tools);
        }
    }

    private void toolChoice(JsonNode value) {
        if (!to.has("tools")) {
            return;
        }
        boolean alone = from.path("parallel_tool_calls").isBoolean() && !from.get("parallel_tool_calls").booleanValue();
        if (value.isMissingNode() || value.isNull()) {
            if (alone) {
                to.putObject("tool_choice").put("type", "auto").put("disable_parallel_tool_use", true);
            }
            return;
        }
        ObjectNode choice = to.putObject("tool_choice");
        if (value.isString() && CHOICES.containsKey(value.asString())) {
            choice.put("type", CHOICES.get(value.asString()));
        } else if (value.path("type").asString("").equals("function")) {
            choice.put("type", "tool").put("name", value.path("function").path("name").asString(""));
        } else {
            throw invalid("tool_choice", "`tool_choice` must be auto, none, required, or a function by its name.");
        }
        if (alone && !choice.path("type").asString().equals("none")) {
            choice.put("disable_parallel_tool_use", true);
        }
    }

    private static boolean isNumber(JsonNode value, int number) {
        return value.isNumber() && value.decimalValue().compareTo(BigDecimal.valueOf(number)) == 0;
    }

    private static void refuseIf(boolean bad, String name, String why) {
        if (bad) {
            throw invalid(name, "`" + name + "` " + why + ".");
        }
    }

    static Iterable<JsonNode> list(String name, JsonNode value) {
        if (!(value instanceof ArrayNode list)) {
            throw invalid(name, "`" + name + "` must be a list.");
        }
        return list;
    }

    static Refusal invalid(@Nullable String param, String message) {
        return new Refusal(OpenAiError.invalid(param, message));
    }
}
