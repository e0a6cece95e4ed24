package dev.penstock.standalone.login;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * @param port on the loopback address
 * @param signingKey PKCS #8 in PEM, an RSA key: with the same key, tokens given before a restart stay good
 * @param accessTokenLife how long an access token is good
 * @param audience the {@code aud} of access tokens
 * @param personas who may sign in
 * @param portal where the portal is; people come from there and go back there
 * @param portalClientId the portal's client
 * @param portalClientSecret its secret
 * @param scriptSecrets by persona's login, the secret of its script client
 * @param services programs that act for themselves
 */
public record LoginSettings(
        int port,
        Path signingKey,
        Duration accessTokenLife,
        String audience,
        List<Persona> personas,
        URI portal,
        String portalClientId,
        String portalClientSecret,
        Map<String, String> scriptSecrets,
        List<ServiceClient> services) {

    public LoginSettings {
        if (accessTokenLife.compareTo(Duration.ofSeconds(5)) < 0 || accessTokenLife.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("an access token lives between 5 seconds and 24 hours, not " + accessTokenLife);
        }
        personas = List.copyOf(personas);
        scriptSecrets = Map.copyOf(scriptSecrets);
        services = List.copyOf(services);
        for (Persona persona : personas) {
            if (!scriptSecrets.containsKey(persona.login())) {
                throw new IllegalArgumentException("no secret for " + persona.scriptClient());
            }
        }
    }

    /** As it stands in the tokens. "localhost" and not an address: it is the host people see, and http is accepted on it. */
    public static String issuer(int port) {
        return "http://localhost:" + port;
    }

    public String issuer() {
        return issuer(port);
    }

    /** Where an issuer gives tokens. */
    public static String tokenUri(String issuer) {
        return issuer + "/oauth2/token";
    }

    /** Secrets do not go into logs. */
    @Override
    public String toString() {
        return "LoginSettings[issuer=" + issuer() + "]";
    }
}
