package dev.penstock.quota.grant;

import dev.penstock.frame.MissingSetting;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param gatewayAddress where applications call, up to and including {@code /v1}; what the portal shows and snippets contain
 * @param tokensKept access tokens whose verification is remembered until they end
 */
@ConfigurationProperties(prefix = "penstock.grants", ignoreUnknownFields = false)
record GrantSettings(URI gatewayAddress, @DefaultValue("10000") int tokensKept) {

    GrantSettings {
        MissingSetting.require(gatewayAddress, "penstock.grants.gateway-address",
                "Set it to where applications reach the gateway, for example https://models.example.com/v1.");
        if (tokensKept < 1) {
            throw new IllegalArgumentException("penstock.grants.tokens-kept is " + tokensKept + ": each call would ask for the issuer's keys");
        }
    }
}
