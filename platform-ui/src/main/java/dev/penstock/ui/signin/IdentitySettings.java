package dev.penstock.ui.signin;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The identity provider. One block of settings serves the portal and both services; the portal uses the issuer, the name claim and its
 * client, the services the rest. There is no default for what a stranger could guess.
 *
 * @param issuer where the provider describes itself ({@code /.well-known/openid-configuration}), read at the first sign-in
 * @param audience what access tokens must be meant for
 * @param clientId the portal's client: authorization code with PKCE, refresh token
 * @param scopes asked for at sign-in; {@code offline_access} where the provider gives refresh tokens only for it
 */
@ConfigurationProperties(prefix = "penstock.identity", ignoreUnknownFields = false)
record IdentitySettings(
        URI issuer,
        @DefaultValue("penstock") String audience,
        @DefaultValue("name") String nameClaim,
        @DefaultValue("groups") String groupsClaim,
        @DefaultValue List<String> adminGroups,
        @DefaultValue List<String> auditorGroups,
        @DefaultValue List<String> financeGroups,
        @DefaultValue("5s") Duration clockSkew,
        String clientId,
        String clientSecret,
        @DefaultValue({"openid", "profile"}) Set<String> scopes) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    IdentitySettings {
        require("issuer", issuer, "the address of the identity provider");
        require("client-id", clientId, "the client registered there for the portal");
        require("client-secret", clientSecret, "that client's secret");
        boolean https = "https".equals(issuer.getScheme());
        if (!https && !("http".equals(issuer.getScheme()) && LOOPBACK.contains(issuer.getHost()))) {
            throw new IllegalArgumentException(
                    "penstock.identity.issuer must be an https address (http only on this machine), not “" + issuer + "”");
        }
        if (!scopes.contains("openid")) {
            throw new IllegalArgumentException("penstock.identity.scopes must contain openid");
        }
    }

    private static void require(String name, @Nullable Object value, String what) {
        if (value == null || value.toString().isBlank()) {
            throw new IllegalArgumentException("penstock.identity." + name + " is not set: give " + what);
        }
    }

    /** Secrets do not go into logs. */
    @Override
    public String toString() {
        return "IdentitySettings[issuer=" + issuer + ", clientId=" + clientId + "]";
    }
}
