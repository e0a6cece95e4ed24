package dev.penstock.frame.identity;

import dev.penstock.contract.Problem;
import dev.penstock.frame.problem.ProblemException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;

/** The caller of the request that the running thread answers. */
@Component
public final class CurrentCaller {

    private final Callers callers;

    CurrentCaller(Callers callers) {
        this.callers = callers;
    }

    /** @throws ProblemException {@code not_signed_in} outside an authenticated request */
    public Caller get() {
        return find().orElseThrow(() -> new ProblemException(Problem.NOT_SIGNED_IN, "Sign in first."));
    }

    public Optional<Caller> find() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token
                ? Optional.of(callers.of(token.getToken()))
                : Optional.empty();
    }

    /** The verified token itself, to ask another service of ours in the caller's own name. */
    public String token() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token
                ? token.getToken().getTokenValue()
                : "";
    }
}
