package dev.penstock.frame.identity;

import java.time.Instant;
import java.util.Set;

/**
 * Whoever sent the request, by a verified access token.
 *
 * @param subject the token's {@code sub}
 * @param name for people to read
 * @param groups the identity provider's groups; empty for a service
 * @param scopes OAuth scopes
 * @param expires when the token ends
 */
public record Caller(String subject, String name, Set<String> groups, Set<String> scopes, Instant expires) {

    /** Scopes that only services get; a token that has one acts as a service and never as a person. */
    private static final String SERVICE_SCOPE = "quota.";

    public Caller {
        groups = Set.copyOf(groups);
        scopes = Set.copyOf(scopes);
    }

    public boolean hasScope(String scope) {
        return scopes.contains(scope);
    }

    /** A program of ours with an identity of its own, not a person. */
    public boolean isService() {
        return scopes.stream().anyMatch(scope -> scope.startsWith(SERVICE_SCOPE));
    }

    public Actor actor() {
        return new Actor(subject, isService() ? Actor.Kind.SERVICE : Actor.Kind.PERSON);
    }
}
