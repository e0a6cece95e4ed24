package dev.penstock.frame.identity;

import dev.penstock.contract.Problem;
import dev.penstock.frame.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;

/** The caller of the request that the running thread answers. */
@Component
public final class CurrentCaller {

    private final IdentitySettings settings;

    CurrentCaller(IdentitySettings settings) {
        this.settings = settings;
    }

    /** @throws ProblemException {@code not_signed_in} outside an authenticated request */
    public Caller get() {
        return find().orElseThrow(() -> new ProblemException(Problem.NOT_SIGNED_IN, "Sign in first."));
    }

    public Optional<Caller> find() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token
                ? Optional.of(caller(token.getToken()))
                : Optional.empty();
    }

    /** The verified token itself, to ask another service of ours in the caller's own name. */
    public String token() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token
                ? token.getToken().getTokenValue()
                : "";
    }

    private Caller caller(Jwt jwt) {
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
