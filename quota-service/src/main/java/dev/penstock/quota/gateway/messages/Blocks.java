package dev.penstock.quota.gateway.messages;

import dev.penstock.quota.gateway.wire.Trees;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Content of Messages: a string, or blocks. */
final class Blocks {

    private Blocks() {}

    /** @param content a string, or a list */
    static List<JsonNode> of(String where, JsonNode content) {
        if (content.isString()) {
            return List.of(Trees.JSON.createObjectNode().put("type", "text").put("text", content.asString()));
        }
        return MessagesCall.list(where, content);
    }

    static String type(JsonNode block) {
        return block.path("type").asString("");
    }

    /** Blocks that are all text, as one. */
    static String text(String where, JsonNode content) {
        return of(where, content).stream().map(block -> {
            if (!type(block).equals("text")) {
                throw MessagesCall.invalid(where + ": blocks of the type " + type(block) + " cannot stand here.");
            }
            return block.path("text").asString("");
        }).collect(Collectors.joining("\n\n"));
    }

    /** Of what a person says. */
    static ObjectNode part(JsonNode block) {
        ObjectNode part = Trees.JSON.createObjectNode();
        return switch (type(block)) {
            case "text" -> part.put("type", "text").put("text", block.path("text").asString(""));
            case "image" -> {
                part.put("type", "image_url").putObject("image_url").put("url", address(block.path("source")));
                yield part;
            }
            case "document" -> part.put("type", "text").put("text", document(block));
            default -> throw MessagesCall.invalid("messages: blocks of the type " + type(block) + " are not offered.");
        };
    }

    private static String address(JsonNode source) {
        return switch (type(source)) {
            case "base64" -> "data:" + source.path("media_type").asString("image/png") + ";base64," + source.path("data").asString("");
            case "url" -> source.path("url").asString("");
            default -> throw MessagesCall.invalid("messages: a picture's source must be base64 or url.");
        };
    }

    private static String document(JsonNode block) {
        JsonNode source = block.path("source");
        String title = block.path("title").asString("");
        String text = switch (type(source)) {
            case "text" -> source.path("data").asString("");
            case "content" -> text("messages", source.path("content"));
            default -> throw MessagesCall.invalid("messages: of documents only plain text is offered.");
        };
        return title.isEmpty() ? text : title + "\n\n" + text;
    }

    /** Parts as content: one string where all is text, which every engine takes. */
    static JsonNode content(List<ObjectNode> parts) {
        if (parts.stream().allMatch(part -> type(part).equals("text"))) {
            return Trees.JSON.getNodeFactory().stringNode(parts.stream().map(part -> part.path("text").asString("")).collect(Collectors.joining("\n\n")));
        }
        ArrayNode list = Trees.JSON.createArrayNode();
        parts.forEach(list::add);
        return list;
    }
}
