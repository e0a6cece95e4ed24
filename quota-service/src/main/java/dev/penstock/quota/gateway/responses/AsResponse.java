package dev.penstock.quota.gateway.responses;

import dev.penstock.quota.gateway.wire.MalformedJson;
import dev.penstock.quota.gateway.wire.Retelling;
import dev.penstock.quota.gateway.wire.Trees;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers of chat completions as Responses. */
public final class AsResponse implements Retelling {

    private final String id;
    private final Told told;

    /** @param id of the call, which becomes the response's */
    public AsResponse(String id, Told told) {
        this.id = id;
        this.told = told;
    }

    @Override
    public byte[] whole(byte[] answer) {
        try {
            JsonNode chat = Trees.JSON.readTree(answer);
            JsonNode choice = chat.path("choices").path(0);
            if (!choice.path("message").isObject()) {
                throw new MalformedJson("an answer without a message");
            }
            ObjectNode response = told.response(id, chat.path("created").asLong(0), chat.path("model"), "completed");
            output(choice.path("message"), response.withArray("output"));
            Told.end(response, choice.path("finish_reason").asString(""));
            response.set("usage", Told.usage(chat.path("usage")));
            return Trees.JSON.writeValueAsBytes(response);
        } catch (JacksonException e) {
            throw new MalformedJson(e.getOriginalMessage());
        }
    }

    private void output(JsonNode message, ArrayNode output) {
        String thought = Trees.thought(message);
        if (thought != null) {
            ObjectNode reasoning = Told.reasoning("rs_" + id);
            reasoning.withArray("content").addObject().put("type", "reasoning_text").put("text", thought);
            output.add(reasoning);
        }
        String text = message.path("content").asString(message.path("refusal").asString(""));
        if (!text.isEmpty() || message.path("tool_calls").isEmpty()) {
            ObjectNode said = Told.message("msg_" + id, "completed");
            said.withArray("content").add(Told.text(text));
            output.add(said);
        }
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            output.add(Told.call("fc_" + id + "_" + output.size(), call.path("id").asString(""), function.path("name").asString(""), function.path("arguments").asString(""), "completed"));
        }
    }

    @Override
    public InPieces inPieces() {
        return new ResponseStream(id, told);
    }
}
