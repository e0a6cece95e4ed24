package dev.penstock.quota.gateway.anthropic;

import dev.penstock.quota.gateway.wire.Trees;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages of chat completions as those of Messages: whoever speaks several times in a row speaks once there, and what tools answered is said by the person.
 * What the system says stands before all else, wherever it was said.
 */
final class Turns {

    private static final String DATA = "data:";
    private static final String BASE64 = ";base64,";

    private final ObjectNode to;
    private final ArrayNode system = Trees.JSON.createArrayNode();
    private final ArrayNode messages = Trees.JSON.createArrayNode();
    private String speaker = "";
    private ArrayNode content = Trees.JSON.createArrayNode();

    /** @param to gets {@code system} and {@code messages} */
    Turns(ObjectNode to) {
        this.to = to;
    }

    void add(JsonNode said) {
        for (JsonNode message : ChatCall.list("messages", said)) {
            one(message);
        }
        if (!system.isEmpty()) {
            to.set("system", system);
        }
        to.set("messages", messages);
    }

    private void one(JsonNode message) {
        switch (message.path("role").asString("")) {
            case "system", "developer" -> parts(message.path("content"), system, false);
            case "user" -> parts(message.path("content"), of("user"), true);
            case "tool" -> answered(message, of("user"));
            case "assistant" -> assistant(message, of("assistant"));
            default -> throw ChatCall.invalid("messages", "A role of `messages` must be system, developer, user, assistant or tool.");
        }
        if (content.isEmpty() && !messages.isEmpty() && messages.get(messages.size() - 1).path("content").isEmpty()) {
            // Who says nothing has no turn.
            messages.remove(messages.size() - 1);
            speaker = "";
        }
    }

    private ArrayNode of(String role) {
        if (!speaker.equals(role)) {
            speaker = role;
            content = messages.addObject().put("role", role).putArray("content");
        }
        return content;
    }

    private static void parts(JsonNode said, ArrayNode into, boolean pictures) {
        if (said.isString()) {
            text(said, null, into);
        } else if (!said.isMissingNode() && !said.isNull()) {
            for (JsonNode part : ChatCall.list("messages", said)) {
                part(part, into, pictures);
            }
        }
    }

    private static void part(JsonNode part, ArrayNode into, boolean pictures) {
        String type = part.path("type").asString("");
        switch (type) {
            case "text" -> text(part.path("text"), part.path("cache_control"), into);
            case "refusal" -> text(part.path("refusal"), null, into);
            case "image_url" -> {
                if (!pictures) {
                    throw ChatCall.invalid("messages", "A picture can be shown by the user or a tool only.");
                }
                JsonNode picture = part.path("image_url");
                ObjectNode image = into.addObject().put("type", "image");
                image.set("source", source(picture.path("url").asString(picture.asString(""))));
                marked(image, part.path("cache_control"));
            }
            default -> throw ChatCall.invalid("messages", "Parts of the type `" + type + "` are not offered for this model.");
        }
    }

    private static void text(JsonNode text, @Nullable JsonNode mark, ArrayNode into) {
        if (!text.asString("").isEmpty()) {
            ObjectNode block = into.addObject().put("type", "text");
            block.set("text", text);
            marked(block, mark);
        }
    }

    /** Where a cache may end, as Anthropic's clients of chat completions mark it too. */
    private static void marked(ObjectNode block, @Nullable JsonNode mark) {
        if (mark != null && mark.isObject()) {
            block.set("cache_control", mark);
        }
    }

    private static ObjectNode source(String address) {
        ObjectNode source = Trees.JSON.createObjectNode();
        int comma = address.indexOf(',');
        if (address.startsWith(DATA) && comma > 0 && address.startsWith(BASE64, comma + 1 - BASE64.length())) {
            return source.put("type", "base64").put("media_type", address.substring(DATA.length(), comma + 1 - BASE64.length())).put("data", address.substring(comma + 1));
        }
        if (!address.startsWith("https://") && !address.startsWith("http://")) {
            throw ChatCall.invalid("messages", "A picture must be at an address, or come as data in base64.");
        }
        return source.put("type", "url").put("url", address);
    }

    private static void answered(JsonNode message, ArrayNode into) {
        ObjectNode result = into.addObject().put("type", "tool_result").put("tool_use_id", message.path("tool_call_id").asString(""));
        ArrayNode answer = Trees.JSON.createArrayNode();
        parts(message.path("content"), answer, true);
        if (!answer.isEmpty()) {
            result.set("content", answer);
        }
    }

    /** What it thought is not said to it again: there is no proof of it, and without one it is not taken. */
    private static void assistant(JsonNode message, ArrayNode into) {
        parts(message.path("content"), into, false);
        text(message.path("refusal"), null, into);
        JsonNode calls = message.path("tool_calls");
        if (calls.isMissingNode() || calls.isNull()) {
            return;
        }
        for (JsonNode call : ChatCall.list("messages", calls)) {
            JsonNode function = call.path("function");
            ObjectNode use = into.addObject().put("type", "tool_use").put("id", call.path("id").asString("")).put("name", function.path("name").asString(""));
            use.set("input", input(function.path("arguments").asString("")));
        }
    }

    /** A model may have written what is no object; it is then told again what it wrote. */
    private static JsonNode input(String arguments) {
        try {
            JsonNode input = Trees.JSON.readTree(arguments.isBlank() ? "{}" : arguments);
            if (input.isObject()) {
                return input;
            }
        } catch (JacksonException e) {
            // As below.
        }
        return Trees.JSON.createObjectNode().put("arguments", arguments);
    }
}
