package dev.penstock.standalone.login;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** Who may ask for tokens: the portal for people, one script client per persona, and the services for themselves. */
@Configuration(proxyBeanMethods = false)
class Clients {

    private static final Duration REFRESH_TOKEN_LIFE = Duration.ofHours(12);

    @Bean
    AuthorizationServerSettings authorizationServerSettings(LoginSettings settings) {
        return AuthorizationServerSettings.builder().issuer(settings.issuer()).build();
    }

    @Bean
    PasswordEncoder secrets() {
        return new RandomSecrets();
    }

    @Bean
    RegisteredClientRepository clients(LoginSettings settings) {
        List<RegisteredClient> clients = new ArrayList<>();
        clients.add(portal(settings));
        for (Persona persona : settings.personas()) {
            clients.add(program(persona.scriptClient(), settings.scriptSecrets().getOrDefault(persona.login(), ""), Set.of(), settings));
        }
        for (ServiceClient service : settings.services()) {
            clients.add(program(service.id(), service.secret(), service.scopes(), settings));
        }
        return new InMemoryRegisteredClientRepository(clients);
    }

    /**
     * The refresh token stays the same over refreshes. The portal is a confidential client: its refresh tokens are worth nothing without
     * its secret, so rotation, which RFC 9700 asks of public clients, would add no safety here; but an answer lost on the way, or two tabs
     * that refresh at the same moment through two replicas, would sign a person out.
     */
    private static RegisteredClient portal(LoginSettings settings) {
        return client(settings.portalClientId(), settings.portalClientSecret())
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .redirectUri(settings.portal().resolve("/login/oauth2/code/penstock").toString())
                .postLogoutRedirectUri(settings.portal().resolve("/signed-out").toString())
                .scopes(scopes("openid", "profile"))
                .clientSettings(ClientSettings.builder().requireProofKey(true).requireAuthorizationConsent(false).build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(settings.accessTokenLife())
                        .refreshTokenTimeToLive(REFRESH_TOKEN_LIFE)
                        .reuseRefreshTokens(true)
                        .build())
                .build();
    }

    private static RegisteredClient program(String id, String secret, Set<String> scopes, LoginSettings settings) {
        return client(id, secret)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(registered -> registered.addAll(scopes))
                .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(settings.accessTokenLife()).build())
                .build();
    }

    private static RegisteredClient.Builder client(String id, String secret) {
        // Both ways of sending it.
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientSecret(secret)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST);
    }

    private static Consumer<Set<String>> scopes(String... scopes) {
        return registered -> registered.addAll(Set.of(scopes));
    }
}
