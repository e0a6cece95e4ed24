package dev.penstock.standalone.login;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.stereotype.Component;

/** What the tokens say: the audience, and for a persona who it is and its groups. A service's tokens say nothing but its scopes. */
@Component
final class PersonaClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

    private final String audience;
    private final Map<String, Persona> byLogin;
    private final Map<String, Persona> byScriptClient;

    PersonaClaims(LoginSettings settings) {
        this.audience = settings.audience();
        this.byLogin = index(settings, Persona::login);
        this.byScriptClient = index(settings, Persona::scriptClient);
    }

    @Override
    public void customize(JwtEncodingContext context) {
        if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            context.getClaims().audience(List.of(audience));
        }
        Persona persona = persona(context);
        if (persona != null) {
            context.getClaims()
                    .subject(persona.login())
                    .claim("name", persona.name())
                    .claim("preferred_username", persona.login())
                    .claim("groups", persona.groups());
        }
    }

    private @Nullable Persona persona(JwtEncodingContext context) {
        if (AuthorizationGrantType.CLIENT_CREDENTIALS.equals(context.getAuthorizationGrantType())) {
            return byScriptClient.get(context.getRegisteredClient().getClientId());
        }
        Authentication person = context.getPrincipal();
        return person == null ? null : byLogin.get(person.getName());
    }

    private static Map<String, Persona> index(LoginSettings settings, Function<Persona, String> key) {
        return settings.personas().stream().collect(Collectors.toMap(key, Function.identity()));
    }
}
