package dev.penstock.quota.access;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param poll how often the copy is compared with the tables even if no notification arrives
 * @param fullCheck how often everything is read again and compared
 * @param longestStaleness how old the copy may be before nobody is let in on its word
 */
@ConfigurationProperties(prefix = "penstock.access", ignoreUnknownFields = false)
record AccessSettings(
        @DefaultValue("1s") Duration poll, @DefaultValue("60s") Duration fullCheck, @DefaultValue("30s") Duration longestStaleness) {

    AccessSettings {
        if (poll.compareTo(Duration.ofSeconds(1)) > 0 || poll.isNegative() || poll.isZero()) {
            throw new IllegalArgumentException("penstock.access.poll is " + poll + "; a revocation must hold within 2 s, so at most 1s");
        }
        if (longestStaleness.compareTo(poll) <= 0) {
            throw new IllegalArgumentException("penstock.access.longest-staleness is " + longestStaleness + ", not longer than the poll of " + poll);
        }
    }
}
