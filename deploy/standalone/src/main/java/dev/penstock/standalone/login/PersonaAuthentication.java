package dev.penstock.standalone.login;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Takes a persona at its word. That is what makes this provider one for development. */
final class PersonaAuthentication implements AuthenticationProvider {

    private final Set<String> logins;

    PersonaAuthentication(LoginSettings settings) {
        this.logins = settings.personas().stream().map(Persona::login).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        if (!logins.contains(asked.getName())) {
            throw new BadCredentialsException("There is no such persona.");
        }
        return UsernamePasswordAuthenticationToken.authenticated(asked.getName(), null, List.of());
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
}
