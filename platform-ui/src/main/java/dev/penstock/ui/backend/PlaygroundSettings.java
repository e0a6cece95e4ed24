package dev.penstock.ui.backend;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the portal itself reaches the gateway.
 *
 * @param gatewayUrl up to and including {@code /v1}; left out: where applications are told to call
 * @param connectTimeout how long a connection may take; an answer may take as long as the gateway lets it
 */
@ConfigurationProperties(prefix = "penstock.playground", ignoreUnknownFields = false)
record PlaygroundSettings(@Nullable URI gatewayUrl, @DefaultValue("2s") Duration connectTimeout) {

    PlaygroundSettings {
        if (gatewayUrl != null) {
            ServiceAddress.check("penstock.playground.gateway-url", gatewayUrl);
        }
    }
}
