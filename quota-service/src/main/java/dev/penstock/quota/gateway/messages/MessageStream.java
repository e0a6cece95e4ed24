package dev.penstock.quota.gateway.messages;

import dev.penstock.quota.gateway.wire.MalformedJson;
import dev.penstock.quota.gateway.wire.Retelling;
import dev.penstock.quota.gateway.wire.Trees;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A stream of chat completions as one of Messages: each piece goes on at once, in the block it belongs to. */
final class MessageStream implements Retelling.InPieces {

    private static final String DATA = "data:";
    private static final String DONE = "[DONE]";

    private enum Block { THINKING, TEXT, TOOL }

    private final String id;
    private final StringBuilder out = new StringBuilder();
    private boolean begun;
    private boolean ended;
    private int index = -1;
    private @Nullable Block open;
    /** Of the tool call that is being written. */
    private int call = -1;
    private JsonNode usage = Trees.JSON.createObjectNode();
    private JsonNode last = Trees.JSON.createObjectNode();

    /** @param id of the call, which becomes the message's */
    MessageStream(String id) {
        this.id = id;
    }

    @Override
    public byte[] accept(byte[] events, int length) {
        out.setLength(0);
        for (String line : Trees.LINE_END.split(new String(events, 0, length, StandardCharsets.UTF_8))) {
            if (line.startsWith(DATA)) {
                data(line.substring(DATA.length()).strip());
            }
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void data(String data) {
        if (ended || data.isEmpty()) {
            return;
        }
        if (data.equals(DONE)) {
            end();
            return;
        }
        try {
            chunk(Trees.JSON.readTree(data));
        } catch (JacksonException e) {
            throw new MalformedJson(e.getOriginalMessage());
        }
    }

    private void chunk(JsonNode chunk) {
        JsonNode error = chunk.path("error");
        if (!error.isMissingNode() && !error.isNull()) {
            ended = true;
            ObjectNode told = Trees.JSON.createObjectNode().put("type", "error");
            told.putObject("error").put("type", "api_error").put("message", error.path("message").asString("The model's server broke off."));
            event("error", told);
            return;
        }
        if (chunk.path("usage").isObject()) {
            usage = chunk.get("usage");
        }
        begin(chunk.path("model"));
        JsonNode choice = chunk.path("choices").path(0);
        delta(choice.path("delta"));
        if (choice.path("finish_reason").isString()) {
            last = choice;
        }
    }

    private void begin(JsonNode model) {
        if (begun) {
            return;
        }
        begun = true;
        ObjectNode message = Said.message(id, model.isMissingNode() ? Trees.JSON.getNodeFactory().stringNode("") : model);
        message.set("usage", Said.usage(usage));
        event("message_start", Trees.JSON.createObjectNode().put("type", "message_start").set("message", message));
    }

    private void delta(JsonNode delta) {
        String thought = Trees.thought(delta);
        if (thought != null) {
            piece(Block.THINKING, "thinking_delta", "thinking", thought);
        }
        String text = delta.path("content").asString(delta.path("refusal").asString(""));
        if (!text.isEmpty()) {
            piece(Block.TEXT, "text_delta", "text", text);
        }
        for (JsonNode each : delta.path("tool_calls")) {
            tool(each);
        }
    }

    private void piece(Block block, String type, String member, String text) {
        if (open != block) {
            ObjectNode empty = Trees.JSON.createObjectNode();
            if (block == Block.THINKING) {
                empty.put("type", "thinking").put("thinking", "").put("signature", "");
            } else {
                empty.put("type", "text").put("text", "");
            }
            start(block, empty);
        }
        ObjectNode delta = Trees.JSON.createObjectNode().put("type", type).put(member, text);
        event("content_block_delta", at("content_block_delta").set("delta", delta));
    }

    private void tool(JsonNode each) {
        int number = each.path("index").asInt(0);
        JsonNode function = each.path("function");
        if (open != Block.TOOL || number != call) {
            call = number;
            ObjectNode use = Trees.JSON.createObjectNode().put("type", "tool_use").put("id", each.path("id").asString("")).put("name", function.path("name").asString(""));
            use.putObject("input");
            start(Block.TOOL, use);
        }
        String arguments = function.path("arguments").asString("");
        if (!arguments.isEmpty()) {
            ObjectNode delta = Trees.JSON.createObjectNode().put("type", "input_json_delta").put("partial_json", arguments);
            event("content_block_delta", at("content_block_delta").set("delta", delta));
        }
    }

    private void start(Block block, ObjectNode empty) {
        stop();
        open = block;
        index++;
        event("content_block_start", at("content_block_start").set("content_block", empty));
    }

    private void stop() {
        if (open != null) {
            event("content_block_stop", at("content_block_stop"));
            open = null;
        }
    }

    private void end() {
        ended = true;
        begin(Trees.JSON.missingNode());
        stop();
        ObjectNode delta = Trees.JSON.createObjectNode();
        Said.stop(delta, last);
        ObjectNode told = Trees.JSON.createObjectNode().put("type", "message_delta");
        told.set("delta", delta);
        told.set("usage", Said.usage(usage));
        event("message_delta", told);
        event("message_stop", Trees.JSON.createObjectNode().put("type", "message_stop"));
    }

    private ObjectNode at(String type) {
        return Trees.JSON.createObjectNode().put("type", type).put("index", index);
    }

    private void event(String name, JsonNode data) {
        out.append("event: ").append(name).append("\ndata: ").append(Trees.JSON.writeValueAsString(Objects.requireNonNull(data))).append("\n\n");
    }
}
