package dev.penstock.quota.gateway.responses;

import dev.penstock.quota.gateway.wire.Trees;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was said until now, as messages of chat completions. Calls of tools that follow each other are one message's, as the model said them. */
final class Items {

    private Items() {}

    static void add(JsonNode input, ArrayNode messages) {
        if (input.isString()) {
            messages.addObject().put("role", "user").set("content", input);
            return;
        }
        if (!input.isArray() || input.isEmpty()) {
            throw ResponsesCall.invalid("input", "`input` must be a string or a list that is not empty.");
        }
        input.valueStream().forEach(item -> item(item, messages));
    }

    private static void item(JsonNode item, ArrayNode messages) {
        String type = item.path("type").asString(item.has("role") ? "message" : "");
        switch (type) {
            case "message" -> message(item, messages);
            case "function_call" -> called(item, messages);
            case "function_call_output" -> messages.addObject().put("role", "tool").put("tool_call_id", item.path("call_id").asString(""))
                    .put("content", text(item.path("output")));
            case "reasoning" -> {
                // What it thought is not said to it again: templates leave it out too.
            }
            case "item_reference" -> throw ResponsesCall.invalid("input", "Items by reference are not offered: nothing is kept between calls.");
            default -> throw ResponsesCall.invalid("input", "Items of the type `" + type + "` are not offered.");
        }
    }

    private static void message(JsonNode item, ArrayNode messages) {
        String role = item.path("role").asString("");
        switch (role) {
            case "user" -> messages.addObject().put("role", role).set("content", content(item.path("content")));
            case "system", "developer" -> messages.addObject().put("role", "system").put("content", text(item.path("content")));
            case "assistant" -> messages.addObject().put("role", role).put("content", text(item.path("content")));
            default -> throw ResponsesCall.invalid("input", "A role must be user, assistant, system or developer.");
        }
    }

    private static void called(JsonNode item, ArrayNode messages) {
        JsonNode last = messages.path(messages.size() - 1);
        ObjectNode said = last instanceof ObjectNode before && before.path("role").asString("").equals("assistant")
                ? before
                : messages.addObject().put("role", "assistant");
        said.withArray("tool_calls").addObject().put("id", item.path("call_id").asString("")).put("type", "function").putObject("function")
                .put("name", item.path("name").asString("")).put("arguments", item.path("arguments").asString(""));
    }

    /** One string where all is text, which every engine takes. */
    private static JsonNode content(JsonNode content) {
        boolean pictures = content.valueStream().anyMatch(part -> part.path("type").asString("").equals("input_image"));
        if (!pictures) {
            return Trees.JSON.getNodeFactory().stringNode(text(content));
        }
        ArrayNode parts = Trees.JSON.createArrayNode();
        for (JsonNode part : ResponsesCall.list("input", content)) {
            if (part.path("type").asString("").equals("input_image")) {
                picture(part, parts);
            } else {
                parts.addObject().put("type", "text").put("text", words(part));
            }
        }
        return parts;
    }

    private static void picture(JsonNode part, ArrayNode parts) {
        if (!part.path("image_url").isString()) {
            throw ResponsesCall.invalid("input", "Of a picture its address or its bytes must be in `image_url`; files are not kept.");
        }
        ObjectNode address = parts.addObject().put("type", "image_url").putObject("image_url").put("url", part.path("image_url").asString());
        if (part.path("detail").isString()) {
            address.set("detail", part.get("detail"));
        }
    }

    private static String text(JsonNode content) {
        if (content.isString()) {
            return content.asString();
        }
        ResponsesCall.list("input", content);
        return content.valueStream().map(Items::words).collect(Collectors.joining("\n\n"));
    }

    private static String words(JsonNode part) {
        String type = part.path("type").asString("");
        return switch (type) {
            case "input_text", "output_text", "text" -> part.path("text").asString("");
            case "refusal" -> part.path("refusal").asString("");
            default -> throw ResponsesCall.invalid("input", "Content of the type `" + type + "` is not offered here.");
        };
    }
}
