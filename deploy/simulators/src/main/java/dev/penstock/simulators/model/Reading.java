package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads requests for text: checks them as vLLM does and decides what will be answered. */
final class Reading {

    /** How many answers one request may have here; vLLM's own bound is higher. */
    private static final int MAX_CHOICES = 1024;
    private static final int DEFAULT_COMPLETION_TOKENS = 16;

    private final EngineSettings engine;

    Reading(EngineSettings engine) {
        this.engine = engine;
    }

    /** A conversation to be answered, by a call of that id. */
    Ask chat(Fields body, String id) {
        Prompt prompt = ChatTemplate.of(body);
        String field = body.has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
        int limit = limit(prompt.tokens(), body.whole(field, Integer.MAX_VALUE), body.has(field));
        Optional<ToolCall> tool = ToolCall.of(body, prompt.question(), engine.autoToolChoice());
        String format = Json.text(body.at("response_format"), "type");
        String thoughts = Wording.thoughts(body.text("reasoning_effort", ""), prompt.question());
        List<Script> scripts = IntStream.range(0, choices(body)).mapToObj(variant -> tool
                .map(call -> Script.ofTool(call.name(), call.arguments(), limit))
                .orElseGet(() -> format.startsWith("json")
                        ? Script.ofText(document(body, format, prompt.question()), limit)
                        : words(body, Wording.answer(engine.servedModelName(), prompt.question(),
                                ChatTemplate.lastToolAnswer(body), variant), limit)))
                .map(script -> thoughts.isEmpty() ? script : script.after(thoughts, limit))
                .toList();
        return ask(body, new Dialect.Chat(id), List.of(prompt), scripts);
    }

    /** Texts to be gone on with. */
    Ask completions(Fields body) {
        if (!body.text("suffix", "").isEmpty()) {
            throw ModelFailure.badRequest("suffix is not currently supported", "suffix");
        }
        List<Prompt> prompts = prompts("prompt", body.required("prompt"));
        boolean echo = body.flag("echo", false);
        int choices = choices(body);
        if (prompts.size() * (long) choices > MAX_CHOICES) {
            throw tooManyChoices();
        }
        List<Script> scripts = new ArrayList<>();
        for (Prompt prompt : prompts) {
            int limit = limit(prompt.tokens(), body.whole("max_tokens", DEFAULT_COMPLETION_TOKENS), body.has("max_tokens"));
            for (int variant = 0; variant < choices; variant++) {
                String text = Wording.continuation(engine.servedModelName(), prompt.question(), variant);
                scripts.add(words(body, text, limit));
            }
        }
        List<String> echoed = echo ? prompts.stream().map(Prompt::question).toList() : List.of();
        return ask(body, new Dialect.Completion(echoed, choices), prompts, scripts);
    }

    private Ask ask(Fields body, Dialect dialect, List<Prompt> prompts, List<Script> scripts) {
        boolean stream = body.flag("stream", false);
        return new Ask(dialect, prompts, scripts, stream, Ask.usageOf(body, stream), body.text("cache_salt", ""));
    }

    /** Texts or tokens to be read, one or many, as completions and embeddings take them. */
    static List<Prompt> prompts(String name, JsonNode given) {
        if (given.isString()) {
            return List.of(Prompt.ofText(given.asString("")));
        }
        if (!given.isArray() || given.isEmpty()) {
            throw ModelFailure.malformed("1 validation error: " + name + ": Input should be a text, or a list that is not empty");
        }
        if (given.path(0).isNumber()) {
            return List.of(tokens(name, given));
        }
        List<Prompt> prompts = new ArrayList<>();
        for (JsonNode one : given) {
            prompts.add(one.isString() ? Prompt.ofText(one.asString("")) : tokens(name, one));
        }
        return prompts;
    }

    private static Prompt tokens(String name, JsonNode given) {
        for (JsonNode token : given) {
            if (!token.isIntegralNumber()) {
                throw ModelFailure.malformed("1 validation error: " + name + ": Input should be a valid integer");
            }
        }
        if (!given.isArray() || given.isEmpty()) {
            throw ModelFailure.malformed("1 validation error: " + name + ": Input should be a valid list");
        }
        return Prompt.ofTokens(Json.texts(given));
    }

    private static int choices(Fields body) {
        long n = body.whole("n", 1);
        if (n < 1) {
            throw ModelFailure.badRequest("n must be at least 1, got " + n + ".", "n");
        }
        if (n > MAX_CHOICES) {
            throw tooManyChoices();
        }
        return (int) n;
    }

    private static ModelFailure tooManyChoices() {
        return ModelFailure.badRequest("n must be at most " + MAX_CHOICES + ", for all prompts together.", "n");
    }

    /** How many tokens the answer may have: what was asked for, or what the context leaves. */
    private int limit(int promptTokens, long asked, boolean given) {
        int context = engine.maxModelLen();
        if (asked < 1) {
            throw ModelFailure.badRequest("max_tokens must be at least 1, got " + asked + ".", "max_tokens");
        }
        if (promptTokens >= context) {
            throw ModelFailure.badRequest("This model's maximum context length is " + context + " tokens. However, your request "
                    + "has " + promptTokens + " input tokens. Please reduce the length of the input messages.", "input_tokens");
        }
        if (given && asked > context - promptTokens) {
            throw ModelFailure.badRequest("'max_tokens' or 'max_completion_tokens' is too large: " + asked
                    + ". This model's maximum context length is " + context + " tokens and your request has " + promptTokens
                    + " input tokens (" + asked + " > " + context + " - " + promptTokens + ").", "max_tokens");
        }
        return (int) Math.min(asked, context - promptTokens);
    }

    private static Script words(Fields body, String text, int limit) {
        long least = Math.max(0, body.whole("min_tokens", 0));
        if (least > limit) {
            throw ModelFailure.badRequest("min_tokens must be less than or equal to max_tokens=" + limit + ", got " + least
                    + ".", "min_tokens");
        }
        int wanted = body.flag("ignore_eos", false) ? limit : (int) least;
        return Script.ofText(Wording.atLeast(text, wanted), limit)
                .endingAt(body.texts("stop"), body.flag("include_stop_str_in_output", false));
    }

    private static String document(Fields body, String format, String question) {
        if (format.equals("json_schema")) {
            return Example.of(Json.at(body.at("response_format"), "json_schema", "schema"), question).toString();
        }
        ObjectNode document = Json.object().put("answer", question.strip()).put("simulated", true);
        return document.toString();
    }
}
