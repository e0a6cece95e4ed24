package dev.penstock.quota.limit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param watchEvery how often it is looked for limits whose use has passed a threshold; people hear of it as late as that */
@ConfigurationProperties(prefix = "penstock.limits", ignoreUnknownFields = false)
record LimitSettings(@DefaultValue("1s") Duration watchEvery) {

    LimitSettings {
        if (!watchEvery.isPositive()) {
            throw new IllegalArgumentException("penstock.limits.watch-every cannot be " + watchEvery);
        }
    }
}
