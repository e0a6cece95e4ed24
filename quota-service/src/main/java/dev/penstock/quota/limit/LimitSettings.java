package dev.penstock.quota.limit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits, and requests for more.
 *
 * @param watchEvery how often it is looked for limits whose use has passed a threshold; people hear of it as late as that
 * @param requestLapsesAfter how long a request for more waits for a decision
 * @param mostWaitingRequests of a tenant at a time
 */
@ConfigurationProperties(prefix = "penstock.limits", ignoreUnknownFields = false)
record LimitSettings(@DefaultValue("1s") Duration watchEvery, @DefaultValue("14d") Duration requestLapsesAfter, @DefaultValue("200") int mostWaitingRequests) {

    LimitSettings {
        if (!watchEvery.isPositive()) {
            throw new IllegalArgumentException("penstock.limits.watch-every cannot be " + watchEvery);
        }
        if (!requestLapsesAfter.isPositive() || mostWaitingRequests < 1) {
            throw new IllegalArgumentException("penstock.limits: request-lapses-after must be above 0, most-waiting-requests at least 1");
        }
    }
}
