package dev.penstock.ui.backend;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the events of a streamed chat completion. What a model says is text and stays text. */
final class AnswerReader {

    /** Nobody reads further; a model that never ends would fill the portal's memory. */
    static final int MOST_CHARACTERS = 1 << 20;

    private static final String DONE = "[DONE]";

    private final JsonMapper json;
    private final Listener listener;
    private long characters;
    private @Nullable String reason;
    private CallEnd.@Nullable Tokens tokens;

    @FunctionalInterface
    interface Listener {
        void said(String words, boolean thought);
    }

    AnswerReader(JsonMapper json, Listener listener) {
        this.json = json;
        this.listener = listener;
    }

    /** Until the end of the answer. */
    CallEnd read(InputStream body) throws IOException {
        var events = new ServerSentEvents(body, () -> {});
        for (var event = events.next(); event != null; event = events.next()) {
            if (event.data().equals(DONE)) {
                return new CallEnd.Finished(reason, tokens);
            }
            String broken = chunk(event.data());
            if (broken != null) {
                return new CallEnd.Broken(broken);
            }
        }
        return new CallEnd.Broken("The answer ended without its end being told.");
    }

    /** @return why it broke off; null: it goes on */
    private @Nullable String chunk(String data) {
        JsonNode chunk;
        try {
            chunk = json.readTree(data);
        } catch (JacksonException notJson) {
            return "What the model's server said is no answer.";
        }
        if (chunk.hasNonNull("error")) {
            return chunk.path("error").path("message").asString("The model's server failed.");
        }
        JsonNode choice = chunk.path("choices").path(0);
        said(choice.path("delta"), "reasoning_content", true);
        said(choice.path("delta"), "content", false);
        if (choice.path("finish_reason").isString()) {
            reason = choice.path("finish_reason").stringValue();
        }
        if (chunk.path("usage").isObject()) {
            tokens = tokens(chunk.path("usage"));
        }
        return characters > MOST_CHARACTERS ? "The answer is longer than a page shows." : null;
    }

    private void said(JsonNode delta, String member, boolean thought) {
        String words = delta.path(member).isString() ? delta.path(member).stringValue() : "";
        if (!words.isEmpty()) {
            characters += words.length();
            listener.said(words, thought);
        }
    }

    private static CallEnd.Tokens tokens(JsonNode usage) {
        return new CallEnd.Tokens(
                usage.path("prompt_tokens").asLong(0),
                usage.path("prompt_tokens_details").path("cached_tokens").asLong(0),
                usage.path("completion_tokens").asLong(0),
                usage.path("completion_tokens_details").path("reasoning_tokens").asLong(0));
    }
}
