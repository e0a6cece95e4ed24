package dev.penstock.platform.quota;

import dev.penstock.frame.MissingSetting;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where quota-service is and as whom it is called.
 *
 * @param url its base address
 * @param clientId this program's own client at the identity provider
 * @param tokenUri the identity provider's token endpoint
 * @param scopes what the client asks for
 */
@ConfigurationProperties(prefix = "penstock.quota-service", ignoreUnknownFields = false)
record QuotaServiceSettings(
        String url,
        String clientId,
        String clientSecret,
        String tokenUri,
        @DefaultValue({"quota.registry", "quota.reservations", "quota.slice-time", "quota.routes"}) List<String> scopes,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("5s") Duration readTimeout) {

    QuotaServiceSettings {
        MissingSetting.require(url, "penstock.quota-service.url", "Set it to the base address of quota-service.");
        MissingSetting.require(clientId, "penstock.quota-service.client-id", "Register a client with client credentials at the identity provider.");
        MissingSetting.require(clientSecret, "penstock.quota-service.client-secret", "It is the secret of that client.");
        MissingSetting.require(tokenUri, "penstock.quota-service.token-uri", "Set it to the token endpoint of the identity provider.");
        scopes = List.copyOf(scopes);
    }

    /** The secret stays out of logs. */
    @Override
    public String toString() {
        return "QuotaServiceSettings[url=" + url + ", clientId=" + clientId + ", tokenUri=" + tokenUri + "]";
    }
}
