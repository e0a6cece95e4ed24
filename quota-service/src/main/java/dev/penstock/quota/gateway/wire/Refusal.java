package dev.penstock.quota.gateway.wire;

import java.util.Map;

/** Ends a call with an error for its caller. */
public class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient OpenAiError error;
    private final transient Map<String, String> headers;

    public Refusal(OpenAiError error) {
        this(error, Map.of());
    }

    /** @param headers to answer besides the usual ones */
    public Refusal(OpenAiError error, Map<String, String> headers) {
        // Without a stack trace: refusing is ordinary, and must be cheap.
        super(error.message(), null, false, false);
        this.error = error;
        this.headers = Map.copyOf(headers);
    }

    public OpenAiError error() {
        return error;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
