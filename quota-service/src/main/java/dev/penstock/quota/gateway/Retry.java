package dev.penstock.quota.gateway;

import java.time.Duration;
import java.util.Map;

/** What clients are told about trying again. Clients honour {@code retry-after-ms} first, then {@code retry-after}; {@code x-should-retry} outranks their own rules. */
final class Retry {

    static final Map<String, String> AFTER_A_SECOND = after(Duration.ofSeconds(1));

    /** Waiting does not help: a client that repeats it only makes load. */
    static final Map<String, String> NEVER = Map.of("x-should-retry", "false");

    private Retry() {}

    static Map<String, String> after(Duration wait) {
        long millis = Math.max(1, wait.toMillis());
        return Map.of("retry-after", Long.toString((millis + 999) / 1000), "retry-after-ms", Long.toString(millis));
    }
}
