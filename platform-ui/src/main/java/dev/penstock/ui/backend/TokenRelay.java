package dev.penstock.ui.backend;

import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/** Sends the person's own token with every call, and says in words when a service cannot be reached. */
final class TokenRelay implements ClientHttpRequestInterceptor {

    private final String service;

    TokenRelay(String service) {
        this.service = service;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution) {
        PortalSession session = PortalSession.current();
        String token = session.accessToken();
        ClientHttpResponse response = send(request, body, execution, token);
        if (isUnauthorized(response)) {
            // Nothing was done, so the call may be repeated: the token was revoked, or the provider changed its keys.
            response.close();
            response = send(request, body, execution, session.accessTokenInsteadOf(token));
        }
        return response;
    }

    private ClientHttpResponse send(HttpRequest request, byte[] body, ClientHttpRequestExecution execution, String token) {
        request.getHeaders().set(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        try {
            return execution.execute(request, body);
        } catch (IOException unreachable) {
            throw BackendProblem.unreachable(service, unreachable);
        }
    }

    private boolean isUnauthorized(ClientHttpResponse response) {
        try {
            return response.getStatusCode().isSameCodeAs(HttpStatus.UNAUTHORIZED);
        } catch (IOException unreachable) {
            throw BackendProblem.unreachable(service, unreachable);
        }
    }
}
