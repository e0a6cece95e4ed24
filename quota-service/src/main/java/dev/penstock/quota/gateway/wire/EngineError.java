package dev.penstock.quota.gateway.wire;

import dev.penstock.quota.gateway.wire.JsonCursor.Kind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an engine's refusal means to the caller. */
public final class EngineError {

    private static final int LONGEST_MESSAGE = 1_000;
    /** As vLLM and OpenAI say it, and as Anthropic does. */
    private static final List<String> TOO_LONG = List.of("maximum context length", "prompt is too long", "exceed context limit");
    private static final byte[] ERROR = JsonText.ascii("error");
    private static final byte[] MESSAGE = JsonText.ascii("message");

    private EngineError() {}

    /**
     * @param body as far as it was read
     * @param quotation what may not be told again
     */
    public static OpenAiError of(int status, byte[] body, Quotation quotation) {
        return switch (status) {
            case 400, 413, 422 -> ofRequest(message(body), quotation);
            case 429, 503, 529 -> OpenAiError.unavailable("model_overloaded", "The model's server takes no more calls now.");
            case 408, 504 -> OpenAiError.upstreamTimeout("The model's server did not answer in time.");
            default -> OpenAiError.badUpstream("The model's server answered with an error (" + status + ").");
        };
    }

    private static OpenAiError ofRequest(@Nullable String told, Quotation quotation) {
        if (told == null) {
            return OpenAiError.invalid(null, "The model's server does not accept this request.");
        }
        String words = told.toLowerCase(Locale.ROOT);
        boolean tooLong = TOO_LONG.stream().anyMatch(words::contains);
        if (quotation.isIn(told)) {
            return tooLong ? tooLong("This request is longer than the model's maximum context length.")
                    : OpenAiError.invalid(null, "The model's server does not accept this request. What it says of it quotes it, and is not told.");
        }
        // Cut only now: of what is cut off before, a key that it quotes would be told but for its end.
        return tooLong ? tooLong(bounded(told)) : OpenAiError.invalid(null, bounded(told));
    }

    private static OpenAiError tooLong(String message) {
        return new OpenAiError(400, "invalid_request_error", "context_length_exceeded", "messages", message);
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
                message = cursor.decode(cursor.string());
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
