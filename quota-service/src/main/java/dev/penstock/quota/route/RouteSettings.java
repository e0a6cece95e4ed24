package dev.penstock.quota.route;

import dev.penstock.frame.copy.Freshness;
import dev.penstock.frame.secret.KeyRing;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param secretsKeyFile what the keys of engines and upstreams are encrypted under, outside of the database: {@code <version> <32 bytes in base64>} a line. What is
 *     published is encrypted under the newest; a version may go when nothing of it is left
 * @param poll how often the copy of routes is compared with the table even if no notification arrives
 * @param fullCheck how often everything is read again and compared
 * @param longestStaleness how old the copy may be before nothing is forwarded on its word; as long as calls may go on without the database
 */
@ConfigurationProperties(prefix = "penstock.routes", ignoreUnknownFields = false)
record RouteSettings(
        Path secretsKeyFile,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("60s") Duration fullCheck,
        @DefaultValue("5m") Duration longestStaleness) {

    static final String SECRETS_KEY_FILE = "penstock.routes.secrets-key-file";

    RouteSettings {
        KeyRing.require(secretsKeyFile, SECRETS_KEY_FILE);
        Freshness.of("penstock.routes", poll, fullCheck, longestStaleness);
    }

    Freshness freshness() {
        return new Freshness(poll, fullCheck, longestStaleness);
    }
}
