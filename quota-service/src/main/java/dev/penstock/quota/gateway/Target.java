package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.Dialect;
import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Operation;
import io.vertx.core.http.HttpMethod;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** What a method and a path ask for. Nothing that is not listed here reaches an engine. */
sealed interface Target {

    record Generate(Operation operation) implements Target {}

    record ListModels() implements Target {}

    record OneModel(String name) implements Target {}

    record Nothing(OpenAiError error) implements Target {}

    String MODELS = "/v1/models";
    int LONGEST = 1_000;

    /** @param anthropic whether the client says so */
    default Dialect dialect(boolean anthropic) {
        return switch (this) {
            case Generate(Operation operation) -> operation.dialect();
            case ListModels() -> anthropic ? Dialect.ANTHROPIC : Dialect.OPENAI;
            case OneModel(String name) -> anthropic ? Dialect.ANTHROPIC : Dialect.OPENAI;
            case Nothing(OpenAiError error) -> anthropic ? Dialect.ANTHROPIC : Dialect.OPENAI;
        };
    }

    static Target of(HttpMethod method, String path) {
        if (path.length() > LONGEST) {
            return new Nothing(OpenAiError.noSuchOperation(method.name(), path.substring(0, LONGEST) + "…"));
        }
        for (Operation operation : Operation.values()) {
            if (path.equals(operation.path())) {
                return method == HttpMethod.POST ? new Generate(operation) : wrongMethod(method, path);
            }
        }
        if (path.equals(MODELS)) {
            return method == HttpMethod.GET ? new ListModels() : wrongMethod(method, path);
        }
        if (path.startsWith(MODELS + "/")) {
            return method == HttpMethod.GET ? model(method, path) : wrongMethod(method, path);
        }
        return new Nothing(OpenAiError.noSuchOperation(method.name(), path));
    }

    /** Names of dedicated models have a slash, which some clients encode. A plus is a plus: only forms have blanks for it. */
    private static Target model(HttpMethod method, String path) {
        try {
            return new OneModel(URLDecoder.decode(path.substring(MODELS.length() + 1).replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return new Nothing(OpenAiError.noSuchOperation(method.name(), path));
        }
    }

    private static Target wrongMethod(HttpMethod method, String path) {
        return new Nothing(OpenAiError.wrongMethod(method.name(), path));
    }
}
