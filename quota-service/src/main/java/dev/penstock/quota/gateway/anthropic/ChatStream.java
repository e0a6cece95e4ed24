package dev.penstock.quota.gateway.anthropic;

import dev.penstock.quota.gateway.wire.MalformedJson;
import dev.penstock.quota.gateway.wire.Retelling;
import dev.penstock.quota.gateway.wire.Trees;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A stream of Messages as one of chat completions: each piece goes on at once. */
final class ChatStream implements Retelling.InPieces {

    private static final String DATA = "data:";

    private final String id;
    private final long created;
    private final boolean withUsage;
    private final StringBuilder out = new StringBuilder();
    private final ObjectNode usage = Trees.JSON.createObjectNode();
    private JsonNode model = Trees.JSON.missingNode();
    private JsonNode stop = Trees.JSON.missingNode();
    private boolean ended;
    /** Of the tools that are called, from 0; -1: none yet. */
    private int tool = -1;
    private boolean writesTool;
    private boolean wroteArguments;

    ChatStream(String id, long created, boolean withUsage) {
        this.id = id;
        this.created = created;
        this.withUsage = withUsage;
    }

    @Override
    public byte[] accept(byte[] events, int length) {
        out.setLength(0);
        StringBuilder data = new StringBuilder();
        for (String line : Trees.LINE_END.split(new String(events, 0, length, StandardCharsets.UTF_8), -1)) {
            if (line.startsWith(DATA)) {
                data.append(line, DATA.length(), line.length()).append('\n');
            } else if (line.isEmpty() && !data.isEmpty()) {
                data(data.toString());
                data.setLength(0);
            }
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void data(String data) {
        if (ended) {
            return;
        }
        try {
            event(Trees.JSON.readTree(data));
        } catch (JacksonException e) {
            throw new MalformedJson(e.getOriginalMessage());
        }
    }

    private void event(JsonNode event) {
        switch (event.path("type").asString("")) {
            case "message_start" -> {
                model = event.path("message").path("model");
                count(event.path("message").path("usage"));
                chunk(Trees.JSON.createObjectNode().put("role", "assistant").put("content", ""), null);
            }
            case "content_block_start" -> begin(event.path("content_block"));
            case "content_block_delta" -> piece(event.path("delta"));
            case "content_block_stop" -> stop();
            case "message_delta" -> {
                stop = event.path("delta").path("stop_reason");
                count(event.path("usage"));
            }
            case "message_stop" -> end();
            default -> {
                // A sign of life, or what chat completions have no words for.
            }
        }
    }

    private void count(JsonNode told) {
        Said.COUNTED.stream().filter(name -> told.path(name).isNumber()).forEach(name -> usage.set(name, told.get(name)));
    }

    private void begin(JsonNode block) {
        writesTool = block.path("type").asString("").equals("tool_use");
        if (writesTool) {
            tool++;
            wroteArguments = false;
            ObjectNode delta = Trees.JSON.createObjectNode();
            delta.putArray("tool_calls").addObject().put("index", tool).put("id", block.path("id").asString("")).put("type", "function").putObject("function")
                    .put("name", block.path("name").asString("")).put("arguments", "");
            chunk(delta, null);
        }
        said("content", block.path("text"));
        said("reasoning_content", block.path("thinking"));
    }

    private void piece(JsonNode delta) {
        switch (delta.path("type").asString("")) {
            case "text_delta" -> said("content", delta.path("text"));
            case "thinking_delta" -> said("reasoning_content", delta.path("thinking"));
            case "input_json_delta" -> arguments(delta.path("partial_json").asString(""));
            default -> {
                // Proofs and sources.
            }
        }
    }

    private void said(String member, JsonNode text) {
        if (!text.asString("").isEmpty()) {
            chunk(Trees.JSON.createObjectNode().put(member, text.asString("")), null);
        }
    }

    private void arguments(String json) {
        if (writesTool && !json.isEmpty()) {
            wroteArguments = true;
            ObjectNode delta = Trees.JSON.createObjectNode();
            delta.putArray("tool_calls").addObject().put("index", tool).putObject("function").put("arguments", json);
            chunk(delta, null);
        }
    }

    /** A tool that is told nothing is told nothing in JSON. */
    private void stop() {
        if (writesTool && !wroteArguments) {
            arguments("{}");
        }
        writesTool = false;
    }

    private void end() {
        ended = true;
        chunk(Trees.JSON.createObjectNode(), Said.reason(stop));
        if (withUsage) {
            ObjectNode last = Said.envelope(id, "chat.completion.chunk", created, model);
            last.putArray("choices");
            last.set("usage", Said.usage(usage));
            write(last);
        }
        out.append("data: [DONE]\n\n");
    }

    private void chunk(ObjectNode delta, @Nullable String finish) {
        ObjectNode chunk = Said.envelope(id, "chat.completion.chunk", created, model);
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").put("finish_reason", finish);
        if (withUsage) {
            chunk.putNull("usage");
        }
        write(chunk);
    }

    private void write(ObjectNode chunk) {
        out.append("data: ").append(Trees.JSON.writeValueAsString(chunk)).append("\n\n");
    }
}
