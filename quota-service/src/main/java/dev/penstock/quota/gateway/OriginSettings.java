package dev.penstock.quota.gateway;

import dev.penstock.frame.network.Network;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where calls come from.
 *
 * @param trustedProxies addresses and networks of proxies before the gateway whose {@code X-Forwarded-For} is believed; none: the connection's other end is the caller
 */
@ConfigurationProperties(prefix = "penstock.origin", ignoreUnknownFields = false)
record OriginSettings(@DefaultValue List<String> trustedProxies) {

    OriginSettings {
        trustedProxies = List.copyOf(trustedProxies);
        networks(trustedProxies);
    }

    List<Network> networks() {
        return networks(trustedProxies);
    }

    private static List<Network> networks(List<String> texts) {
        try {
            return texts.stream().map(Network::of).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("penstock.origin.trusted-proxies: " + e.getMessage(), e);
        }
    }
}
