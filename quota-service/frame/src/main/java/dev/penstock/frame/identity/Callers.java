package dev.penstock.frame.identity;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

/** Reads a verified token. */
@Component
class Callers {

    private final IdentitySettings settings;

    Callers(IdentitySettings settings) {
        this.settings = settings;
    }

    Caller of(Jwt jwt) {
        String subject = Objects.requireNonNull(jwt.getSubject(), "sub");
        String name = jwt.hasClaim(settings.nameClaim()) ? String.valueOf(jwt.getClaims().get(settings.nameClaim())) : subject;
        return new Caller(subject, name, strings(jwt, settings.groupsClaim()), scopes(jwt), Objects.requireNonNullElse(jwt.getExpiresAt(), Instant.EPOCH));
    }

    private static Set<String> strings(Jwt jwt, String claim) {
        List<String> values = jwt.hasClaim(claim) ? jwt.getClaimAsStringList(claim) : List.of();
        return values == null ? Set.of() : Set.copyOf(values);
    }

    /** A list with Spring's server, one text with blanks by RFC 9068. */
    private static Set<String> scopes(Jwt jwt) {
        return jwt.getClaims().get("scope") instanceof String text ? Set.of(text.trim().split(" +")) : strings(jwt, "scope");
    }
}
