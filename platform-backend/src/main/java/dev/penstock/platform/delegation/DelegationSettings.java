package dev.penstock.platform.delegation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param longest for how long somebody can be named, and how far ahead it may begin
 * @param mostOfOne how many delegations of one person in one tenant hold at once or will
 */
@ConfigurationProperties(prefix = "penstock.delegation", ignoreUnknownFields = false)
record DelegationSettings(@DefaultValue("90d") Duration longest, @DefaultValue("20") int mostOfOne) {

    DelegationSettings {
        if (longest.toSeconds() < 1 || mostOfOne < 1) {
            throw new IllegalArgumentException("penstock.delegation.longest must be a second at least, and penstock.delegation.most-of-one at least one");
        }
    }
}
