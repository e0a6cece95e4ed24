package dev.penstock.quota.gateway.wire;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error as clients of the OpenAI interface understand it.
 *
 * @param message for a person; says what to do, and never repeats a key or what was said
 * @param param the field that is meant
 */
public record OpenAiError(int status, String type, @Nullable String code, @Nullable String param, String message) {

    /** A key of ours, also one that is cut off. */
    private static final Pattern KEY = Pattern.compile("psk_[a-z2-7]+_[a-z2-7]+");

    private static final String INVALID_REQUEST = "invalid_request_error";
    private static final String SERVER = "server_error";
    static final String INSUFFICIENT_QUOTA = "insufficient_quota";

    /** Who mistakes a key for a model's name, or for a path, is not told it again: clients log errors. */
    public OpenAiError {
        message = withoutKeys(message);
    }

    /** What may be told again of what somebody wrote. */
    public static String withoutKeys(String text) {
        return text.contains("psk_") ? KEY.matcher(text).replaceAll("psk_…") : text;
    }

    /** 400. */
    public static OpenAiError invalid(@Nullable String param, String message) {
        return new OpenAiError(400, INVALID_REQUEST, null, param, message);
    }

    /** 401: missing, unknown, expired, revoked, all alike. */
    public static OpenAiError invalidKey() {
        return new OpenAiError(401, INVALID_REQUEST, "invalid_api_key", null,
                "The key or access token is missing, unknown, expired or revoked. Send it as: Authorization: Bearer <key>.");
    }

    /** 403: known, and still not to be let in here. */
    public static OpenAiError notAllowed(String message) {
        return new OpenAiError(403, INVALID_REQUEST, null, null, message);
    }

    /** 403: the key is not for that. */
    public static OpenAiError outOfScope(String code, String message) {
        return new OpenAiError(403, INVALID_REQUEST, code, null, message);
    }

    /** 404 for a model that does not exist and for one that is not the caller's to see. */
    public static OpenAiError noSuchModel(String model) {
        return new OpenAiError(404, INVALID_REQUEST, "model_not_found", "model", "The model `" + model + "` does not exist or you do not have access to it.");
    }

    public static OpenAiError noSuchOperation(String method, String path) {
        return new OpenAiError(404, INVALID_REQUEST, "unknown_url", null, "There is no operation " + method + " " + path + " here.");
    }

    public static OpenAiError wrongMethod(String method, String path) {
        return new OpenAiError(405, INVALID_REQUEST, "method_not_supported", null, path + " does not answer " + method + ".");
    }

    public static OpenAiError tooLarge(long most) {
        return new OpenAiError(413, INVALID_REQUEST, null, null, "The request is larger than the " + most + " bytes accepted here.");
    }

    /** 408: the request did not arrive in time. */
    public static OpenAiError tooSlow() {
        return new OpenAiError(408, INVALID_REQUEST, null, null, "The request did not arrive in time.");
    }

    /** 429 for a rate: waiting helps. */
    public static OpenAiError rateLimit(boolean tokens, String message) {
        return new OpenAiError(429, tokens ? "tokens" : "requests", "rate_limit_exceeded", null, message);
    }

    /** 429 for a budget: waiting does not help. */
    public static OpenAiError insufficientQuota(String message) {
        return new OpenAiError(429, INSUFFICIENT_QUOTA, INSUFFICIENT_QUOTA, null, message);
    }

    /** 502: the model's server answered with what is no answer. */
    public static OpenAiError badUpstream(String message) {
        return new OpenAiError(502, SERVER, null, null, message);
    }

    /** 503: not now. */
    public static OpenAiError unavailable(@Nullable String code, String message) {
        return new OpenAiError(503, SERVER, code, null, message);
    }

    /** 504: the model's server did not answer in time. */
    public static OpenAiError upstreamTimeout(String message) {
        return new OpenAiError(504, SERVER, null, null, message);
    }

    /** 500. */
    public static OpenAiError internal() {
        return new OpenAiError(500, SERVER, null, null, "Something went wrong on our side. The header x-request-id names the call.");
    }

    /** @param call its id, by which it can be asked why */
    byte[] body(String call) {
        return json(call).getBytes(StandardCharsets.UTF_8);
    }

    /** The same as the last event of a stream that had begun. */
    byte[] event(String call) {
        return ("data: " + json(call) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private String json(String call) {
        return "{\"error\":{\"message\":" + JsonText.quote(message) + ",\"type\":" + JsonText.quote(type)
                + ",\"param\":" + JsonText.quoteOrNull(param) + ",\"code\":" + JsonText.quoteOrNull(code) + ",\"request_id\":" + JsonText.quote(call) + "}}";
    }
}
