package dev.penstock.quota.gateway.responses;

import dev.penstock.quota.gateway.wire.MalformedJson;
import dev.penstock.quota.gateway.wire.Retelling;
import dev.penstock.quota.gateway.wire.Trees;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A stream of chat completions as one of Responses: each piece goes on at once, in the item it belongs to, and all of it is told again at the end. */
final class ResponseStream implements Retelling.InPieces {

    /** Characters of an answer, which is held until its end because its end says it again. An engine that never ends is let go. */
    static final int MOST_SAID = 4 << 20;

    private static final String DATA = "data:";
    private static final String DONE = "[DONE]";

    private enum Kind { REASONING, MESSAGE, CALL }

    /** What is being said. */
    private static final class Open {
        private final Kind kind;
        private final ObjectNode item;
        private final int number;
        private final StringBuilder said = new StringBuilder();

        Open(Kind kind, ObjectNode item, int number) {
            this.kind = kind;
            this.item = item;
            this.number = number;
        }
    }

    private final String id;
    private final Told told;
    private final StringBuilder out = new StringBuilder();
    private final List<ObjectNode> output = new ArrayList<>();
    private long sequence;
    private long held;
    private boolean begun;
    private boolean ended;
    private @Nullable Open open;
    private long created;
    private JsonNode model = Trees.JSON.missingNode();
    private JsonNode usage = Trees.JSON.createObjectNode();
    private String reason = "";

    ResponseStream(String id, Told told) {
        this.id = id;
        this.told = told;
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
            begin();
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
        created = created == 0 ? chunk.path("created").asLong(0) : created;
        model = model.isString() ? model : chunk.path("model");
        begin();
        JsonNode error = chunk.path("error");
        if (!error.isMissingNode() && !error.isNull()) {
            fail(error.path("message").asString("The model's server broke off."));
            return;
        }
        if (chunk.path("usage").isObject()) {
            usage = chunk.get("usage");
        }
        JsonNode choice = chunk.path("choices").path(0);
        delta(choice.path("delta"));
        reason = choice.path("finish_reason").asString(reason);
    }

    private void begin() {
        if (!begun) {
            begun = true;
            event("response.created", whole("in_progress"));
            event("response.in_progress", whole("in_progress"));
        }
    }

    private void delta(JsonNode delta) {
        String thought = Trees.thought(delta);
        if (thought != null) {
            Open reasoning = in(Kind.REASONING, 0);
            say(reasoning, thought);
            event("response.reasoning_text.delta", inContent(reasoning).put("delta", thought));
        }
        String text = delta.path("content").asString(delta.path("refusal").asString(""));
        if (!text.isEmpty()) {
            Open message = in(Kind.MESSAGE, 0);
            say(message, text);
            ObjectNode piece = inContent(message).put("delta", text);
            piece.putArray("logprobs");
            event("response.output_text.delta", piece);
        }
        for (JsonNode call : delta.path("tool_calls")) {
            call(call);
        }
    }

    private void say(Open item, String piece) {
        held += piece.length();
        if (held > MOST_SAID) {
            throw new MalformedJson("an answer without an end");
        }
        item.said.append(piece);
    }

    private void call(JsonNode call) {
        int number = call.path("index").asInt(0);
        JsonNode function = call.path("function");
        Open present = open;
        if (present == null || present.kind != Kind.CALL || present.number != number) {
            present = start(Kind.CALL, Told.call("fc_" + id + "_" + next(), call.path("id").asString(""), function.path("name").asString(""), "", "in_progress"), number);
        }
        String arguments = function.path("arguments").asString("");
        if (!arguments.isEmpty()) {
            say(present, arguments);
            event("response.function_call_arguments.delta", of(present).put("delta", arguments));
        }
    }

    private Open in(Kind kind, int number) {
        Open present = open;
        if (present != null && present.kind == kind) {
            return present;
        }
        boolean reasoning = kind == Kind.REASONING;
        Open started = start(kind, reasoning ? Told.reasoning("rs_" + id + "_" + next()) : Told.message("msg_" + id + "_" + next(), "in_progress"), number);
        event("response.content_part.added", inContent(started).set("part", part(started, "")));
        return started;
    }

    /** Each item has an id of its own. */
    private int next() {
        return output.size() + (open == null ? 0 : 1);
    }

    private Open start(Kind kind, ObjectNode item, int number) {
        stop();
        Open started = new Open(kind, item, number);
        open = started;
        ObjectNode added = Trees.JSON.createObjectNode().put("output_index", output.size());
        event("response.output_item.added", added.set("item", item.deepCopy()));
        return started;
    }

    private void stop() {
        Open present = open;
        if (present == null) {
            return;
        }
        String said = present.said.toString();
        switch (present.kind) {
            case REASONING -> event("response.reasoning_text.done", inContent(present).put("text", said));
            case MESSAGE -> {
                ObjectNode done = inContent(present).put("text", said);
                done.putArray("logprobs");
                event("response.output_text.done", done);
            }
            case CALL -> event("response.function_call_arguments.done",
                    of(present).put("name", present.item.path("name").asString("")).put("arguments", said));
        }
        if (present.kind == Kind.CALL) {
            present.item.put("arguments", said);
        } else {
            event("response.content_part.done", inContent(present).set("part", part(present, said)));
            present.item.withArray("content").add(part(present, said));
        }
        if (present.kind != Kind.REASONING) {
            present.item.put("status", "completed");
        }
        ObjectNode done = Trees.JSON.createObjectNode().put("output_index", output.size());
        event("response.output_item.done", done.set("item", present.item.deepCopy()));
        output.add(present.item);
        open = null;
    }

    private void end() {
        ended = true;
        if (open == null && output.isEmpty()) {
            in(Kind.MESSAGE, 0);
        }
        stop();
        ObjectNode whole = whole("completed");
        ObjectNode response = (ObjectNode) whole.get("response");
        Told.end(response, reason);
        response.set("usage", Told.usage(usage));
        event("response." + response.path("status").asString("completed"), whole);
    }

    private void fail(String message) {
        ended = true;
        stop();
        ObjectNode whole = whole("failed");
        ((ObjectNode) whole.get("response")).putObject("error").put("code", "server_error").put("message", message);
        event("response.failed", whole);
    }

    private ObjectNode whole(String status) {
        ObjectNode response = told.response(id, created, model, status);
        output.forEach(response.withArray("output")::add);
        return Trees.JSON.createObjectNode().set("response", response);
    }

    private ObjectNode of(Open item) {
        return Trees.JSON.createObjectNode().put("item_id", item.item.path("id").asString("")).put("output_index", output.size());
    }

    private ObjectNode inContent(Open item) {
        return of(item).put("content_index", 0);
    }

    private static ObjectNode part(Open item, String said) {
        return item.kind == Kind.REASONING ? Trees.JSON.createObjectNode().put("type", "reasoning_text").put("text", said) : Told.text(said);
    }

    private void event(String name, JsonNode members) {
        ObjectNode data = Trees.JSON.createObjectNode().put("type", name).put("sequence_number", sequence++);
        data.setAll((ObjectNode) Objects.requireNonNull(members));
        out.append("event: ").append(name).append("\ndata: ").append(Trees.JSON.writeValueAsString(data)).append("\n\n");
    }
}
