package dev.penstock.ui.signin;

import dev.penstock.ui.backend.PortalSession;
import dev.penstock.ui.backend.TokenRefresh;
import dev.penstock.ui.backend.Tokens;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Puts the tokens of a sign-in into the HTTP session, as a {@link PortalSession}. Spring's own store keeps them per person: there, a second
 * browser of the same person would take over the first one's refresh token.
 */
final class SessionTokens implements OAuth2AuthorizedClientRepository {

    private final TokenRefresh refresh;
    private final Clock clock;

    SessionTokens(TokenRefresh refresh, Clock clock) {
        this.refresh = refresh;
        this.clock = clock;
    }

    @Override
    public void saveAuthorizedClient(
            OAuth2AuthorizedClient client, Authentication principal, HttpServletRequest request, HttpServletResponse response) {
        Instant now = clock.instant();
        Instant expires = client.getAccessToken().getExpiresAt();
        OAuth2RefreshToken refreshToken = client.getRefreshToken();
        String idToken = principal.getPrincipal() instanceof OidcUser user ? user.getIdToken().getTokenValue() : null;
        var tokens = new Tokens(
                client.getAccessToken().getTokenValue(),
                now,
                expires == null ? now.plusSeconds(60) : expires,
                refreshToken == null ? null : refreshToken.getTokenValue(),
                idToken);
        request.getSession().setAttribute(PortalSession.attribute(), new PortalSession(tokens, refresh, clock));
    }

    /** Never asked: the portal's own calls take their token from the {@link PortalSession}. */
    @Override
    public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
            String registrationId, Authentication principal, HttpServletRequest request) {
        return null;
    }

    @Override
    public void removeAuthorizedClient(
            String registrationId, Authentication principal, HttpServletRequest request, HttpServletResponse response) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.removeAttribute(PortalSession.attribute());
        }
    }
}
