package dev.penstock.quota.gateway.wire;

import dev.penstock.quota.gateway.wire.JsonCursor.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an engine's refusal means to the caller. */
public final class EngineError {

    private static final int LONGEST_MESSAGE = 1_000;
    private static final byte[] ERROR = JsonText.ascii("error");
    private static final byte[] MESSAGE = JsonText.ascii("message");

    private EngineError() {}

    /**
     * @param body as far as it was read
     * @param key that it was asked with: what repeats it is not passed on
     */
    public static OpenAiError of(int status, byte[] body, @Nullable String key) {
        return switch (status) {
            case 400, 413, 422 -> ofRequest(message(body), key);
            case 429, 503 -> OpenAiError.unavailable("model_overloaded", "The model's server takes no more calls now.");
            case 408, 504 -> OpenAiError.upstreamTimeout("The model's server did not answer in time.");
            default -> OpenAiError.badUpstream("The model's server answered with an error (" + status + ").");
        };
    }

    private static OpenAiError ofRequest(@Nullable String told, @Nullable String key) {
        String message = told == null || key != null && told.contains(key) ? "The model's server does not accept this request." : told;
        boolean tooLong = message.toLowerCase(Locale.ROOT).contains("maximum context length");
        return tooLong
                ? new OpenAiError(400, "invalid_request_error", "context_length_exceeded", "messages", message)
                : OpenAiError.invalid(null, message);
    }

    /** {@code error.message} as OpenAI has it, or {@code message} as older engines do; null if there is neither. */
    private static @Nullable String message(byte[] body) {
        try {
            JsonCursor cursor = new JsonCursor(body);
            return cursor.next() == Kind.OBJECT ? inObject(cursor) : null;
        } catch (MalformedJson e) {
            return null;
        }
    }

    private static @Nullable String inObject(JsonCursor cursor) {
        String message = null;
        for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
            boolean isMessage = cursor.keyIs(MESSAGE);
            boolean isError = cursor.keyIs(ERROR);
            Kind kind = cursor.next();
            if (isMessage && kind == Kind.STRING) {
                message = bounded(cursor.decode(cursor.string()));
            } else if (isError && kind == Kind.OBJECT) {
                String inner = inObject(cursor);
                message = inner == null ? message : inner;
            } else {
                cursor.skip();
            }
        }
        return message;
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
    }
}
