package dev.penstock.platform.endpoint;

import dev.penstock.frame.BackOff;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param poll how often endpoints are looked at, and routes told, even without a signal
 * @param renewBefore how long before its end a lease is made longer; of a lease shorter than twice that, at its half
 * @param renewAgain how long after a refusal it is asked for again
 * @param firstBackOff pause after quota-service did not confirm a route; it doubles with each further time
 * @param longestBackOff the longest pause
 * @param logLines of an engine's log that people are shown
 * @param events of the cluster that people are shown
 * @param timeline entries that people are shown
 */
@ConfigurationProperties(prefix = "penstock.endpoint", ignoreUnknownFields = false)
record EndpointSettings(
        @DefaultValue("1s") Duration poll,
        @DefaultValue("30m") Duration renewBefore,
        @DefaultValue("1m") Duration renewAgain,
        @DefaultValue("1s") Duration firstBackOff,
        @DefaultValue("30s") Duration longestBackOff,
        @DefaultValue("200") int logLines,
        @DefaultValue("50") int events,
        @DefaultValue("200") int timeline) {

    EndpointSettings {
        if (!poll.isPositive() || !renewBefore.isPositive() || !renewAgain.isPositive()) {
            throw new IllegalArgumentException("penstock.endpoint.poll, .renew-before and .renew-again must be longer than nothing");
        }
        if (logLines < 1 || events < 1 || timeline < 1) {
            throw new IllegalArgumentException("penstock.endpoint.log-lines, .events and .timeline are at least 1");
        }
    }

    BackOff backOff() {
        return new BackOff(firstBackOff, longestBackOff);
    }

    /** How long before its end a lease of that length is made longer. */
    Duration lead(Duration lease) {
        Duration half = lease.dividedBy(2);
        return half.compareTo(renewBefore) < 0 ? half : renewBefore;
    }
}
