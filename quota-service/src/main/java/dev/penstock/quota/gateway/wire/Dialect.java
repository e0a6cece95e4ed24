package dev.penstock.quota.gateway.wire;

import java.nio.charset.StandardCharsets;

/** How a client is spoken to: the form of errors, in whole answers and in streams. */
public enum Dialect {
    OPENAI,
    /** OpenAI's as well, but for what ends a stream. */
    RESPONSES {
        @Override
        public byte[] event(OpenAiError error, String call) {
            String code = error.code() == null ? error.type() : error.code();
            return ("event: error\ndata: {\"type\":\"error\",\"code\":" + JsonText.quote(code) + ",\"message\":" + JsonText.quote(error.message()) + ",\"param\":"
                    + JsonText.quoteOrNull(error.param()) + ",\"sequence_number\":0}\n\n").getBytes(StandardCharsets.UTF_8);
        }
    },
    ANTHROPIC {
        /** What is not there now has a number of its own. */
        private static final int OVERLOADED = 529;

        @Override
        public int status(OpenAiError error) {
            return error.status() == 503 ? OVERLOADED : error.status();
        }

        @Override
        public byte[] body(OpenAiError error, String call) {
            return text(error, call).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] event(OpenAiError error, String call) {
            return ("event: error\ndata: " + text(error, call) + "\n\n").getBytes(StandardCharsets.UTF_8);
        }

        /** That a budget is spent is told apart from a rate by its code, since both are 429: clients do not try again. */
        private String text(OpenAiError error, String call) {
            String spent = error.status() == 429 && error.type().equals(OpenAiError.INSUFFICIENT_QUOTA) ? ",\"details\":{\"error_code\":\"enforced_spend_limit_reached\"}" : "";
            return "{\"type\":\"error\",\"error\":{\"type\":" + JsonText.quote(type(error.status())) + ",\"message\":" + JsonText.quote(error.message()) + spent
                    + "},\"request_id\":" + JsonText.quote(call) + "}";
        }

        private static String type(int status) {
            return switch (status) {
                case 401 -> "authentication_error";
                case 403 -> "permission_error";
                case 404 -> "not_found_error";
                case 413 -> "request_too_large";
                case 429 -> "rate_limit_error";
                case 503 -> "overloaded_error";
                case 504 -> "timeout_error";
                default -> status < 500 ? "invalid_request_error" : "api_error";
            };
        }
    };

    public int status(OpenAiError error) {
        return error.status();
    }

    /** @param call its id, which a person can quote */
    public byte[] body(OpenAiError error, String call) {
        return error.body(call);
    }

    /** The same as the last event of a stream that had begun. */
    public byte[] event(OpenAiError error, String call) {
        return error.event(call);
    }
}
