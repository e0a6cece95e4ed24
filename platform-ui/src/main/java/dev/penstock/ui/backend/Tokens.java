package dev.penstock.ui.backend;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the identity provider gave at sign-in or at the last refresh.
 *
 * @param access sent to the services
 * @param refresh null when the provider gives none: the session then ends with the access token
 * @param id the last id token; the provider wants it back at sign-out
 */
public record Tokens(String access, Instant issuedAt, Instant expiresAt, @Nullable String refresh, @Nullable String id) {

    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(30);

    /**
     * Whether the access token should be replaced before it is used again: within its last quarter, at most 30 s before its end, so that
     * a call that is under way does not outlive it.
     */
    boolean dueAt(Instant now) {
        Duration quarter = Duration.between(issuedAt, expiresAt).dividedBy(4);
        Duration margin = quarter.compareTo(LONGEST_MARGIN) < 0 ? quarter : LONGEST_MARGIN;
        return !now.isBefore(expiresAt.minus(margin));
    }

    boolean expiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** Tokens are secrets: not in logs. */
    @Override
    public String toString() {
        return "Tokens[expiresAt=" + expiresAt + "]";
    }
}
