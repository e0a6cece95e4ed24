package dev.penstock.standalone.login;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;

/** Takes a persona at its word. That is what makes this provider one for development. */
final class PersonaAuthentication implements AuthenticationProvider {

    private final Set<String> logins;
    private final Clock clock;

    PersonaAuthentication(LoginSettings settings, Clock clock) {
        this.clock = clock;
        this.logins = settings.personas().stream().map(Persona::login).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        if (!logins.contains(asked.getName())) {
            throw new BadCredentialsException("There is no such persona.");
        }
        // The time goes into the id token as auth_time. Strictly there is no password; nearer to the truth there is no name for.
        FactorGrantedAuthority signedIn = FactorGrantedAuthority.withAuthority(FactorGrantedAuthority.PASSWORD_AUTHORITY).issuedAt(clock.instant()).build();
        return UsernamePasswordAuthenticationToken.authenticated(asked.getName(), null, List.of(signedIn));
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
}
