package dev.penstock.ui.backend;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a call of a model ended. */
public sealed interface CallEnd {

    /**
     * The model said all it had to say, or all it was allowed to.
     *
     * @param reason as the engine told it, for example {@code stop} or {@code length}; null: it told none
     * @param tokens null: the engine counted none
     */
    record Finished(@Nullable String reason, @Nullable Tokens tokens) implements CallEnd {}

    /** The person stopped it, or left. */
    record Stopped() implements CallEnd {}

    /** It broke off in the middle. */
    record Broken(String why) implements CallEnd {}

    /**
     * Nothing of it was answered.
     *
     * @param status of HTTP; 0: nobody answered
     * @param code names the reason where the gateway has a name for it
     * @param message in the gateway's own words
     * @param owner whose limit refused: {@code tenant}, {@code project}, {@code person} or {@code key}
     * @param retryAfter when trying again makes sense
     */
    record Refused(int status, @Nullable String code, String message, @Nullable String owner, @Nullable Duration retryAfter) implements CallEnd {}

    /**
     * As the engine counted.
     *
     * @param prompt with what was cached
     * @param completion with what was thought
     */
    record Tokens(long prompt, long cached, long completion, long reasoning) {}
}
