package dev.penstock.ui.backend;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where quota-service is.
 *
 * @param url its address, without a path; there is no default
 * @param connectTimeout how long a connection may take
 * @param readTimeout how long an answer may take; a verification of the whole audit trail is the longest
 */
@ConfigurationProperties(prefix = "penstock.quota-service", ignoreUnknownFields = false)
record QuotaServiceSettings(
        URI url, @DefaultValue("2s") Duration connectTimeout, @DefaultValue("60s") Duration readTimeout) {

    QuotaServiceSettings {
        ServiceAddress.check("penstock.quota-service.url", url);
    }
}
