package dev.penstock.ui.signin;

import dev.penstock.ui.backend.TokenRefresh;
import dev.penstock.ui.backend.Tokens;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

/** The refresh token grant of RFC 6749, section 6. */
final class RefreshGrant implements TokenRefresh {

    /** What the provider says when trying again is useless; anything else may pass. */
    private static final Set<String> FINAL = Set.of("invalid_grant", "invalid_client", "unauthorized_client", "invalid_scope");

    private final ProviderRegistration provider;
    private final Clock clock;
    private final RestClientRefreshTokenTokenResponseClient client = new RestClientRefreshTokenTokenResponseClient();

    RefreshGrant(ProviderRegistration provider, Clock clock) {
        this.provider = provider;
        this.clock = clock;
    }

    @Override
    public Tokens next(Tokens present) throws IOException, Refused {
        String refreshToken = present.refresh();
        if (refreshToken == null) {
            throw new Refused("the provider gave no refresh token");
        }
        try {
            Instant now = clock.instant();
            var access = new OAuth2AccessToken(
                    OAuth2AccessToken.TokenType.BEARER, present.access(), present.issuedAt(), present.expiresAt());
            OAuth2AccessTokenResponse response = client.getTokenResponse(new OAuth2RefreshTokenGrantRequest(
                    provider.get(), access, new OAuth2RefreshToken(refreshToken, present.issuedAt())));
            OAuth2RefreshToken next = response.getRefreshToken();
            return new Tokens(
                    response.getAccessToken().getTokenValue(),
                    now,
                    expiry(response, now),
                    next == null ? refreshToken : next.getTokenValue(),
                    idToken(response, present.id()));
        } catch (OAuth2AuthorizationException refused) {
            if (FINAL.contains(refused.getError().getErrorCode())) {
                throw new Refused(refused.getError().getErrorCode());
            }
            throw new IOException("the identity provider did not refresh the token", refused);
        } catch (IllegalArgumentException undiscovered) {
            throw new IOException("the identity provider does not answer", undiscovered);
        }
    }

    private static Instant expiry(OAuth2AccessTokenResponse response, Instant now) {
        Instant expiry = response.getAccessToken().getExpiresAt();
        return expiry == null ? now.plusSeconds(60) : expiry;
    }

    private static @Nullable String idToken(OAuth2AccessTokenResponse response, @Nullable String before) {
        return response.getAdditionalParameters().get("id_token") instanceof String renewed ? renewed : before;
    }
}
