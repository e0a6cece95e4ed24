package dev.penstock.platform.tenant;

import dev.penstock.frame.BackOff;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tenants are told to quota-service.
 *
 * @param poll how often is looked for tenants that it has not confirmed, even without a signal
 * @param firstBackOff pause after the first failure for a tenant; it doubles with each further one
 * @param longestBackOff the longest pause
 */
@ConfigurationProperties(prefix = "penstock.registry", ignoreUnknownFields = false)
record RegistrySettings(
        @DefaultValue("5s") Duration poll, @DefaultValue("1s") Duration firstBackOff, @DefaultValue("30s") Duration longestBackOff) {

    RegistrySettings {
        if (longestBackOff.compareTo(firstBackOff) < 0) {
            throw new IllegalArgumentException("penstock.registry.longest-back-off is shorter than the first one");
        }
    }

    BackOff backOff() {
        return new BackOff(firstBackOff, longestBackOff);
    }
}
