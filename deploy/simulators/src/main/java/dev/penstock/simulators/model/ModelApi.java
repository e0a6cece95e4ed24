package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.http.Exchange;
import dev.penstock.simulators.http.Request;
import dev.penstock.simulators.model.ModelLog.Account;
import dev.penstock.simulators.model.ModelLog.State;
import dev.penstock.simulators.model.fault.ModelFault.Answer;
import dev.penstock.simulators.model.fault.ModelFaults;
import dev.penstock.simulators.model.fault.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers one request after the other: is the model there, may the caller in, does a fault strike, and then the deed. */
final class ModelApi {

    private final Engine engine;
    private final ModelLog log;
    private final ModelFaults faults;
    private final byte @Nullable [] apiKey;
    private final BooleanSupplier loaded;
    private final Supplier<UUID> ids;
    private final Reading reading;
    private final SimulatorPaths simulatorPaths;
    private final ModelCard card;

    ModelApi(Engine engine, ModelLog log, ModelFaults faults, @Nullable String apiKey, BooleanSupplier loaded,
            Supplier<UUID> ids) {
        this.engine = engine;
        this.log = log;
        this.faults = faults;
        this.apiKey = apiKey == null ? null : apiKey.getBytes(StandardCharsets.UTF_8);
        this.loaded = loaded;
        this.ids = ids;
        this.reading = new Reading(engine.settings());
        this.simulatorPaths = new SimulatorPaths(faults, log);
        this.card = new ModelCard(engine.settings(), engine.now());
    }

    void handle(Exchange exchange) throws IOException, InterruptedException {
        try {
            answer(exchange);
        } catch (ModelFailure refused) {
            if (!exchange.isAnswered()) {
                Replies.failure(exchange, refused);
            }
        }
    }

    private void answer(Exchange exchange) throws IOException, InterruptedException {
        Request request = exchange.request();
        switch (request.path()) {
            case "/health", "/ping" -> Replies.text(exchange, loaded.getAsBoolean() ? 200 : 503, "text/plain", "");
            case "/metrics" -> Replies.text(exchange, 200, ModelMetrics.CONTENT_TYPE, engine.metrics().text());
            case "/version" -> Replies.json(exchange, 200, Json.object().put("version", ModelCard.VERSION));
            case "/load" -> Replies.json(exchange, 200, Json.object().put("server_load", engine.seats().running()));
            default -> behindTheKey(exchange, request);
        }
    }

    private void behindTheKey(Exchange exchange, Request request) throws IOException, InterruptedException {
        // As with vLLM, the key guards what costs something, and nothing else.
        if (request.path().startsWith("/simulator/")) {
            simulatorPaths.handle(exchange);
            return;
        }
        if (Replies.isOfMessages(exchange)) {
            requireTheirHeaders(request);
        } else if (!mayIn(request)) {
            Replies.json(exchange, 401, Json.object().put("error", "Unauthorized"));
            return;
        }
        if (!loaded.getAsBoolean()) {
            throw new ModelFailure(503, "ServiceUnavailableError", "The model is not loaded yet.", null, 1);
        }
        switch (request.path()) {
            case "/v1/models" -> Replies.json(exchange, 200, card.list());
            case "/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/rerank", "/tokenize", "/v1/messages", "/v1/messages/count_tokens" -> call(exchange, request);
            default -> {
                String model = request.path().startsWith("/v1/models/") ? request.path().substring("/v1/models/".length()) : "";
                if (!model.equals(engine.settings().servedModelName())) {
                    throw ModelFailure.noSuchPath();
                }
                Replies.json(exchange, 200, card.model());
            }
        }
    }

    /** As Anthropic's service wants them. */
    private void requireTheirHeaders(Request request) {
        if (apiKey != null && !MessageDigest.isEqual(request.header("x-api-key").getBytes(StandardCharsets.UTF_8), apiKey)) {
            throw new ModelFailure(401, "", "invalid x-api-key", null, 0);
        }
        if (request.header("anthropic-version").isEmpty()) {
            throw ModelFailure.malformed("anthropic-version: header is required");
        }
    }

    private boolean mayIn(Request request) {
        String given = request.header("authorization");
        return apiKey == null || given.startsWith("Bearer ") && MessageDigest.isEqual(
                given.substring("Bearer ".length()).getBytes(StandardCharsets.UTF_8), apiKey);
    }

    private void call(Exchange exchange, Request request) throws IOException, InterruptedException {
        if (!request.method().equals("POST")) {
            throw new ModelFailure(405, "BadRequestError", "Method Not Allowed", null, 0);
        }
        String callId = request.header("x-request-id");
        Account account = log.begin(callId, attempt(request), request.path());
        try {
            // 1. Does something go wrong before the request is even looked at?
            Trouble trouble = faults.strike(engine.settings().servedModelName(), callId, request.path());
            Optional<Answer> instead = trouble.answer();
            if (instead.isPresent()) {
                throw ModelFailure.onDemand(instead.get().status(), instead.get().retryAfterSeconds());
            }
            // 2. What is wanted, and can it be?
            if (!request.header("content-type").toLowerCase(Locale.ROOT).startsWith("application/json")) {
                throw new ModelFailure(415, "BadRequestError", "Unsupported Media Type: Only 'application/json' is allowed",
                        null, 0);
            }
            Fields body = Fields.parse(request.body());
            checkModel(body);
            // 3. The deed.
            run(exchange, request.path(), body, callId.isEmpty() ? ids.get().toString() : callId, account, trouble);
        } catch (ModelFailure refused) {
            account.end(State.REFUSED, refused.status());
            throw refused;
        } finally {
            // Whatever went wrong in a way nobody thought of: no call runs on in the account.
            account.end(State.FAILED, 500);
        }
    }

    private void run(Exchange exchange, String path, Fields body, String id, Account account, Trouble trouble)
            throws IOException, InterruptedException {
        if (path.equals("/tokenize")) {
            account.end(State.FINISHED, 200);
            Replies.json(exchange, 200, tokenized(body));
            return;
        }
        if (path.startsWith("/v1/messages")) {
            MessageReading message = new MessageReading(engine.settings(), body, !path.equals("/v1/messages"));
            if (path.equals("/v1/messages")) {
                new MessageGeneration(engine, message.ask(), id, account, trouble, exchange).run();
            } else {
                account.end(State.FINISHED, 200);
                Replies.json(exchange, 200, Json.object().put("input_tokens", message.prompt().tokens()));
            }
            return;
        }
        ModelTask wanted = switch (path) {
            case "/v1/embeddings" -> ModelTask.EMBED;
            case "/v1/rerank" -> ModelTask.RERANK;
            default -> ModelTask.GENERATE;
        };
        if (wanted != engine.settings().task()) {
            throw ModelFailure.badRequest("The model does not support " + interfaceAt(path), null);
        }
        switch (wanted) {
            case EMBED -> Embedding.of(engine, body).run(exchange, id, account, trouble);
            case RERANK -> Ranking.of(engine, body).run(exchange, id, account, trouble);
            case GENERATE -> {
                Ask ask = path.equals("/v1/completions") ? reading.completions(body) : reading.chat(body, id);
                new Generation(engine, ask, id, account, trouble, exchange).run();
            }
        }
    }

    private static String interfaceAt(String path) {
        return switch (path) {
            case "/v1/embeddings" -> "Embeddings API";
            case "/v1/rerank" -> "Rerank (Score) API";
            case "/v1/completions" -> "Completions API";
            default -> "Chat Completions API";
        };
    }

    /** Of a conversation or of a text; nothing is worked on. */
    private ObjectNode tokenized(Fields body) {
        Prompt prompt = body.has("messages") ? ChatTemplate.of(body) : Prompt.ofText(body.text("prompt", ""));
        ObjectNode answer = Json.object().put("count", prompt.tokens()).put("max_model_len", engine.settings().maxModelLen());
        ArrayNode tokens = answer.putArray("tokens");
        prompt.pieces().forEach(piece -> tokens.add(Math.floorMod(piece.hashCode(), 1 << 17)));
        return answer.putNull("token_strs");
    }

    private void checkModel(Fields body) {
        String model = body.text("model", engine.settings().servedModelName());
        if (!model.equals(engine.settings().servedModelName())) {
            throw ModelFailure.noSuchModel(model);
        }
    }

    private static int attempt(Request request) {
        String attempt = request.header("x-penstock-attempt");
        return attempt.matches("\\d{1,9}") ? Integer.parseInt(attempt) : 0;
    }
}
