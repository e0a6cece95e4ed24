package dev.penstock.ui.backend;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where platform-backend is.
 *
 * @param url its address, without a path; there is no default
 * @param connectTimeout how long a connection may take
 * @param readTimeout how long an answer may take; streams of changes are exempt
 */
@ConfigurationProperties(prefix = "penstock.platform-backend", ignoreUnknownFields = false)
record PlatformBackendSettings(
        URI url, @DefaultValue("2s") Duration connectTimeout, @DefaultValue("15s") Duration readTimeout) {

    PlatformBackendSettings {
        ServiceAddress.check("penstock.platform-backend.url", url);
    }
}
