package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which tool an answer calls, if any. Left to choose, the model calls the first tool whose name, or a word of it with at least
 * four letters, stands in the question; after a tool has answered it calls none.
 */
record ToolCall(String name, String arguments) {

    private static final Pattern WORDS = Pattern.compile("[^a-z0-9]+");
    private static final int WORD = 4;

    static Optional<ToolCall> of(Fields body, String question, boolean autoToolChoice) {
        List<ObjectNode> tools = tools(body);
        JsonNode choice = body.at("tool_choice");
        String word = choice.isString() ? choice.asString("") : "";
        if (tools.isEmpty()) {
            if (choice.isObject() || word.equals("required")) {
                throw ModelFailure.badRequest("When using `tool_choice`, `tools` must be set.", "tool_choice");
            }
            return Optional.empty();
        }
        if (choice.isObject()) {
            String wanted = Json.text(choice, "function", "name");
            return Optional.of(tools.stream().filter(tool -> Json.text(tool, "name").equals(wanted)).findFirst()
                    .map(tool -> call(tool, question))
                    .orElseThrow(() -> ModelFailure.badRequest(
                            "The tool specified in `tool_choice` does not match any of the specified `tools`", "tool_choice")));
        }
        return switch (word) {
            case "none" -> Optional.empty();
            case "required" -> Optional.of(call(named(tools, question).orElse(tools.getFirst()), question));
            case "", "auto" -> {
                if (!autoToolChoice) {
                    throw ModelFailure.badRequest("\"auto\" tool choice requires --enable-auto-tool-choice and "
                            + "--tool-call-parser to be set", null);
                }
                yield ChatTemplate.lastToolAnswer(body).isEmpty()
                        ? named(tools, question).map(tool -> call(tool, question)) : Optional.empty();
            }
            default -> throw ModelFailure.badRequest("Invalid value for `tool_choice`: " + word
                    + "! Only named tools, \"none\", \"auto\" or \"required\" are supported.", "tool_choice");
        };
    }

    private static List<ObjectNode> tools(Fields body) {
        List<ObjectNode> tools = Json.objects(body.at("tools")).stream()
                .map(tool -> tool.path("function") instanceof ObjectNode function ? function : Json.object()).toList();
        if (tools.stream().anyMatch(tool -> Json.text(tool, "name").isEmpty())) {
            throw ModelFailure.malformed("1 validation error: tools.function.name: Field required");
        }
        return tools;
    }

    private static Optional<ObjectNode> named(List<ObjectNode> tools, String question) {
        String asked = question.toLowerCase(Locale.ROOT);
        return tools.stream().filter(tool -> {
            String name = Json.text(tool, "name").toLowerCase(Locale.ROOT);
            return asked.contains(name)
                    || WORDS.splitAsStream(name).anyMatch(word -> word.length() >= WORD && asked.contains(word));
        }).findFirst();
    }

    private static ToolCall call(ObjectNode tool, String question) {
        return new ToolCall(Json.text(tool, "name"), Example.of(tool.path("parameters"), question).toString());
    }
}
