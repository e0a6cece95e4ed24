package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A request the server refuses, in the form vLLM refuses in. */
final class ModelFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final @Nullable String param;
    private final int retryAfterSeconds;

    ModelFailure(int status, String type, String message, @Nullable String param, int retryAfterSeconds) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.param = param;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    static ModelFailure badRequest(String message, @Nullable String param) {
        return new ModelFailure(400, "BadRequestError", message, param, 0);
    }

    /** The body does not have the form the path asks for. */
    static ModelFailure malformed(String message) {
        return new ModelFailure(400, "Bad Request", message, null, 0);
    }

    static ModelFailure noSuchModel(String model) {
        return new ModelFailure(404, "NotFoundError", "The model `" + model + "` does not exist.", "model", 0);
    }

    static ModelFailure noSuchPath() {
        return new ModelFailure(404, "NotFoundError", "Not Found", null, 0);
    }

    static ModelFailure onDemand(int status, int retryAfterSeconds) {
        return new ModelFailure(status, status >= 500 ? "InternalServerError" : "BadRequestError",
                "a fault on demand: " + status, null, retryAfterSeconds);
    }

    int status() {
        return status;
    }

    int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** In the form Anthropic's service refuses in. */
    ObjectNode messageBody() {
        ObjectNode body = Json.object().put("type", "error");
        body.putObject("error").put("type", switch (status) {
            case 401 -> "authentication_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 529 -> "overloaded_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        }).put("message", String.valueOf(getMessage()));
        return body.put("request_id", "req_simulated");
    }

    ObjectNode body() {
        ObjectNode body = Json.object();
        body.putObject("error").put("message", String.valueOf(getMessage())).put("type", type).put("param", param)
                .put("code", status);
        return body;
    }
}
