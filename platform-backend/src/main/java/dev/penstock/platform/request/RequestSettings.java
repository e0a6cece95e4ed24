package dev.penstock.platform.request;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param lapseAfter how long a request waits for a decision
 * @param timer how often is looked for requests that lapse, or that policy approved and a crash left open
 */
@ConfigurationProperties(prefix = "penstock.request", ignoreUnknownFields = false)
record RequestSettings(@DefaultValue("7d") Duration lapseAfter, @DefaultValue("30s") Duration timer) {

    RequestSettings {
        if (!lapseAfter.isPositive() || !timer.isPositive()) {
            throw new IllegalArgumentException("penstock.request.lapse-after and penstock.request.timer must be longer than nothing");
        }
    }
}
