package dev.penstock.ui.backend;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the portal itself reaches the gateway.
 *
 * @param url up to and including {@code /v1}; left out: where applications are told to call
 * @param connectTimeout how long a connection may take; an answer may take as long as the gateway lets it
 */
@ConfigurationProperties(prefix = "penstock.gateway", ignoreUnknownFields = false)
record GatewaySettings(@Nullable URI url, @DefaultValue("2s") Duration connectTimeout) {

    GatewaySettings {
        if (url != null) {
            ServiceAddress.check("penstock.gateway.url", url);
        }
    }
}
