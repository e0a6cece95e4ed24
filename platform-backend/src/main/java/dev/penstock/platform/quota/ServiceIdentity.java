package dev.penstock.platform.quota;

import dev.penstock.contract.Problem;
import dev.penstock.frame.problem.ProblemException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.stereotype.Component;

/** Calls as this program itself, with a token by client credentials that is fetched anew shortly before it ends. */
@Component
class ServiceIdentity implements ClientHttpRequestInterceptor {

    private static final String REGISTRATION = "quota-service";

    private final AuthorizedClientServiceOAuth2AuthorizedClientManager clients;
    private final OAuth2AuthorizeRequest request;

    ServiceIdentity(QuotaServiceSettings settings) {
        InMemoryClientRegistrationRepository registrations = new InMemoryClientRegistrationRepository(ClientRegistration
                .withRegistrationId(REGISTRATION)
                .clientId(settings.clientId())
                .clientSecret(settings.clientSecret())
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .tokenUri(settings.tokenUri())
                .scope(settings.scopes())
                .build());
        this.clients = new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, new InMemoryOAuth2AuthorizedClientService(registrations));
        this.request = OAuth2AuthorizeRequest.withClientRegistrationId(REGISTRATION).principal(settings.clientId()).build();
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest outgoing, byte[] body, ClientHttpRequestExecution execution) throws IOException {
        outgoing.getHeaders().setBearerAuth(token());
        return execution.execute(outgoing, body);
    }

    private String token() {
        try {
            OAuth2AuthorizedClient client = clients.authorize(request);
            if (client == null) {
                throw unavailable(null);
            }
            return client.getAccessToken().getTokenValue();
        } catch (OAuth2AuthorizationException e) {
            throw unavailable(e);
        }
    }

    private static ProblemException unavailable(@Nullable Throwable cause) {
        String detail = "The identity provider gave this program no token for quota-service.";
        return cause == null ? new ProblemException(Problem.QUOTA_UNAVAILABLE, detail) : new ProblemException(Problem.QUOTA_UNAVAILABLE, detail, cause);
    }
}
