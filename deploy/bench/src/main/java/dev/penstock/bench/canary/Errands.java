package dev.penstock.bench.canary;

import static dev.penstock.bench.canary.Errand.post;

import dev.penstock.bench.canary.Errand.Bearer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Every operation, answered and refused in every way. */
final class Errands {

    private static final String CHAT = "/v1/chat/completions";
    private static final String COMPLETIONS = "/v1/completions";
    private static final String EMBEDDINGS = "/v1/embeddings";
    private static final String RERANK = "/v1/rerank";
    private static final String MESSAGES = "/v1/messages";
    private static final String COUNT = "/v1/messages/count_tokens";
    private static final String RESPONSES = "/v1/responses";

    /** More than a body may have. */
    private static final int TOO_MUCH = 5 << 20;

    private Errands() {}

    static List<Errand> all() {
        List<Errand> all = new ArrayList<>();
        Stream.of(answered(), outside(), strangers(), refused(), malformed(), failing()).forEach(all::addAll);
        return List.copyOf(all);
    }

    private static String chat(Ways way, String more) {
        return """
                {"model": "%s", "max_tokens": 64, "user": "{P}", "metadata": {"a": "{P}"}, "stop": ["{P}x"],
                 "tools": [{"type": "function", "function": {"name": "look", "description": "{T}",
                  "parameters": {"type": "object", "properties": {"{T}": {"type": "string"}}}}}],
                 "messages": [{"role": "system", "content": "Say {P}"}, {"role": "user", "content": "Say {P}"},
                 {"role": "assistant", "content": null, "tool_calls": [{"id": "t1", "type": "function", "function": {"name": "look",
                  "arguments": "{\\"a\\": \\"{T}\\"}"}}]}, {"role": "tool", "tool_call_id": "t1", "content": "{T}"}]%s}""".formatted(way.model(), more);
    }

    private static String messages(Ways way, String more) {
        return """
                {"model": "%s", "max_tokens": 64, "metadata": {"user_id": "{P}"}, "system": "Say {P}",
                 "tools": [{"name": "look", "description": "{T}", "input_schema": {"type": "object"}}], "messages": [{"role": "user", "content": "Say {P}"},
                 {"role": "assistant", "content": [{"type": "tool_use", "id": "t1", "name": "look", "input": {"a": "{T}"}}]},
                 {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t1", "content": "{T}"}]}]%s}""".formatted(way.model(), more);
    }

    private static String responses(Ways way, String more) {
        return """
                {"model": "%s", "store": false, "max_output_tokens": 64, "instructions": "Say {P}", "metadata": {"a": "{P}"},
                 "tools": [{"type": "function", "name": "look", "description": "{T}", "parameters": {"type": "object"}}],
                 "input": [{"role": "user", "content": "Say {P}"}, {"type": "function_call", "call_id": "t1", "name": "look",
                  "arguments": "{\\"a\\": \\"{T}\\"}"}, {"type": "function_call_output", "call_id": "t1", "output": "{T}"}]%s}""".formatted(way.model(), more);
    }

    private static String prompt(Ways way, String field) {
        return "{\"model\": \"" + way.model() + "\", \"" + field + "\": \"Say {P}\"}";
    }

    private static String ranking(Ways way, String documents) {
        return "{\"model\": \"" + way.model() + "\", \"query\": \"Say {P}\", \"documents\": " + documents + ", \"user\": \"{P}\"}";
    }

    private static String count(Ways way) {
        return messages(way, "").replace("\"max_tokens\": 64, \"metadata\": {\"user_id\": \"{P}\"}, ", "");
    }

    private static final String STREAM = ", \"stream\": true";

    private static List<Errand> answered() {
        return List.of(
                post("chat", CHAT, chat(Ways.SOUND, ""), 200),
                post("chat streamed", CHAT, chat(Ways.SOUND, STREAM), 200),
                post("chat left in the middle", CHAT, chat(Ways.SLOW, STREAM), 200).leaving(),
                post("completions", COMPLETIONS, prompt(Ways.SOUND, "prompt"), 200),
                post("embeddings", EMBEDDINGS, prompt(Ways.VECTORS, "input"), 200),
                post("rerank", RERANK, ranking(Ways.RANKS, "[\"{T}\", {\"text\": \"{P}\"}]"), 200),
                post("Messages", MESSAGES, messages(Ways.SOUND, ""), 200).by(Bearer.KEY_AS_X_API_KEY),
                post("Messages streamed", MESSAGES, messages(Ways.SOUND, STREAM), 200).by(Bearer.KEY_AS_X_API_KEY),
                post("Messages left in the middle", MESSAGES, messages(Ways.SLOW, STREAM), 200).leaving(),
                post("count_tokens", COUNT, count(Ways.SOUND), 200),
                post("Responses", RESPONSES, responses(Ways.SOUND, ""), 200),
                post("Responses streamed", RESPONSES, responses(Ways.SOUND, STREAM), 200),
                post("Responses left in the middle", RESPONSES, responses(Ways.SLOW, STREAM), 200).leaving(),
                post("models", "/v1/models?a={P}", "", 200).with("GET"),
                post("a person's own sign-in", CHAT, chat(Ways.SOUND, ""), 200).by(Bearer.PERSON));
    }

    /** At servers outside of the house, each asked in its own dialect and in another. */
    private static List<Errand> outside() {
        List<Errand> errands = new ArrayList<>();
        for (Ways way : Ways.values()) {
            if (way.outside() != null) {
                String how = way.name().toLowerCase(Locale.ROOT);
                Integer[] statuses = way.statuses().length == 0 ? new Integer[] {200} : way.statuses();
                errands.addAll(List.of(
                        post("chat, " + how, CHAT, chat(way, ""), statuses),
                        post("chat streamed, " + how, CHAT, chat(way, STREAM), statuses),
                        post("Messages, " + how, MESSAGES, messages(way, ""), statuses).by(Bearer.KEY_AS_X_API_KEY),
                        post("Messages streamed, " + how, MESSAGES, messages(way, STREAM), statuses),
                        post("Responses, " + how, RESPONSES, responses(way, ""), statuses),
                        post("Responses streamed, " + how, RESPONSES, responses(way, STREAM), statuses)));
            }
        }
        return errands;
    }

    private static List<Errand> strangers() {
        return List.of(
                post("a wrong secret", CHAT, chat(Ways.SOUND, ""), 401).by(Bearer.WRONG_SECRET),
                post("no key at all", CHAT, chat(Ways.SOUND, ""), 401).by(Bearer.WRONG_TEXT),
                post("Messages with a wrong secret", MESSAGES, messages(Ways.SOUND, ""), 401).by(Bearer.WRONG_X_API_KEY),
                post("Responses with a wrong secret", RESPONSES, responses(Ways.SOUND, ""), 401).by(Bearer.WRONG_SECRET),
                post("a revoked key", CHAT, chat(Ways.SOUND, ""), 401).by(Bearer.REVOKED_KEY),
                post("a password", CHAT, chat(Ways.SOUND, ""), 401).by(Bearer.BASIC),
                post("a key in the address", "/v1/models?key=", "", 401).by(Bearer.KEY_IN_QUERY).with("GET"),
                post("nobody", CHAT, chat(Ways.SOUND, ""), 401).by(Bearer.NONE));
    }

    private static List<Errand> refused() {
        return List.of(
                post("no quota", CHAT, chat(Ways.SOUND, ""), 429).by(Bearer.KEY_WITHOUT_QUOTA),
                post("no quota for a stream", CHAT, chat(Ways.SOUND, STREAM), 429).by(Bearer.KEY_WITHOUT_QUOTA),
                post("no quota for Messages", MESSAGES, messages(Ways.SOUND, ""), 429).by(Bearer.KEY_WITHOUT_QUOTA),
                post("no quota for Responses", RESPONSES, responses(Ways.SOUND, ""), 429).by(Bearer.KEY_WITHOUT_QUOTA),
                post("no quota for vectors", EMBEDDINGS, prompt(Ways.VECTORS, "input"), 429).by(Bearer.KEY_WITHOUT_QUOTA),
                post("no quota for a ranking", RERANK, ranking(Ways.RANKS, "[\"{T}\"]"), 429).by(Bearer.KEY_WITHOUT_QUOTA),
                post("a model that is not there", CHAT, chat(Ways.SOUND, "").replace(Ways.SOUND.model(), "{N}"), 404),
                post("a key for a model", CHAT, chat(Ways.SOUND, "").replace(Ways.SOUND.model(), "{K}"), 404),
                post("a key for a model of Messages", MESSAGES, messages(Ways.SOUND, "").replace(Ways.SOUND.model(), "{K}"), 404),
                post("a key for a path", "/v1/{K}", "{\"a\": \"{P}\"}", 404),
                post("the model of a key", "/v1/models/{K}", "", 404).with("GET"),
                post("vectors of a model that has none", EMBEDDINGS, prompt(Ways.SOUND, "input"), 400, 404),
                post("a path that is not there", "/v1/{N}?b={T}&c={P}", "{\"a\": \"{P}\"}", 404),
                post("another method", CHAT + "?a={P}", "", 404, 405).with("DELETE"));
    }

    private static List<Errand> malformed() {
        return List.of(
                post("a body that ends early", CHAT, "{\"model\": \"" + Ways.SOUND.model() + "\", \"messages\": [{\"role\": \"user\", \"content\": \"{P}", 400),
                post("no JSON", CHAT, "{P} {T}", 400),
                post("a member twice", CHAT, "{\"model\": \"" + Ways.SOUND.model() + "\", \"model\": \"{P}\", \"messages\": []}", 400),
                post("a key of a strange kind", MESSAGES, messages(Ways.SOUND, "").replace("tool_use\"", "{K}\""), 400),
                post("a text for a number", CHAT, chat(Ways.SOUND, ", \"max_completion_tokens\": \"{P}\""), 400),
                post("an impossible number", CHAT, chat(Ways.SOUND, "").replace("64", "-1"), 400),
                post("Messages that end early", MESSAGES, "{\"model\": \"" + Ways.SOUND.model() + "\", \"messages\": [{\"role\": \"{P}", 400),
                post("Messages of a strange kind", MESSAGES, messages(Ways.SOUND, "").replace("tool_use\"", "{N}\""), 400),
                post("Responses that end early", RESPONSES, "{\"model\": \"" + Ways.SOUND.model() + "\", \"input\": \"{P}", 400),
                post("Responses of a strange kind", RESPONSES, responses(Ways.SOUND, "").replace("function_call_output", "{N}"), 400),
                post("a count of a strange kind", COUNT, count(Ways.SOUND).replace("tool_result\"", "{N}\""), 400),
                post("vectors of nothing", EMBEDDINGS, "{\"model\": \"" + Ways.VECTORS.model() + "\", \"input\": {\"{P}\": 1}}", 400),
                post("a ranking of pictures", RERANK, ranking(Ways.RANKS, "[{\"{P}\": \"{T}\"}]"), 400),
                post("too large a body", CHAT, chat(Ways.SOUND, ", \"x\": \"" + "{P}x".repeat(TOO_MUCH / 33) + "\""), 413, 0));
    }

    private static List<Errand> failing() {
        List<Errand> errands = new ArrayList<>();
        for (Ways way : List.of(Ways.FAILING, Ways.REFUSING, Ways.CUTTING, Ways.LYING)) {
            String how = way.name().toLowerCase(Locale.ROOT);
            Integer[] statuses = way.statuses();
            errands.addAll(List.of(
                    post("chat, " + how, CHAT, chat(way, ""), statuses),
                    post("chat streamed, " + how, CHAT, chat(way, STREAM), statuses),
                    post("completions, " + how, COMPLETIONS, prompt(way, "prompt"), statuses),
                    post("Messages, " + how, MESSAGES, messages(way, ""), statuses).by(Bearer.KEY_AS_X_API_KEY),
                    post("Messages streamed, " + how, MESSAGES, messages(way, STREAM), statuses),
                    post("count_tokens, " + how, COUNT, count(way), statuses),
                    post("Responses, " + how, RESPONSES, responses(way, ""), statuses),
                    post("Responses streamed, " + how, RESPONSES, responses(way, STREAM), statuses)));
        }
        return errands;
    }
}
