package dev.penstock.platform.tenant;

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

    /** @param failures how often in a row it failed, from 1 */
    Duration backOff(int failures) {
        Duration pause = firstBackOff;
        for (int i = 1; i < failures && pause.compareTo(longestBackOff) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestBackOff) < 0 ? pause : longestBackOff;
    }
}
