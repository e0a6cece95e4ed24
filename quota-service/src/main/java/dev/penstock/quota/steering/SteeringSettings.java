package dev.penstock.quota.steering;

import dev.penstock.frame.copy.Freshness;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Policies in memory.
 *
 * @param poll how often the copy is compared with the table even if no notification arrives
 * @param fullCheck how often everything is read again and compared
 * @param longestStaleness how old the copy may be before calls are answered as they ask
 */
@ConfigurationProperties(prefix = "penstock.steering", ignoreUnknownFields = false)
record SteeringSettings(@DefaultValue("1s") Duration poll, @DefaultValue("60s") Duration fullCheck, @DefaultValue("5m") Duration longestStaleness) {

    SteeringSettings {
        Freshness.of("penstock.steering", poll, fullCheck, longestStaleness);
    }

    Freshness freshness() {
        return new Freshness(poll, fullCheck, longestStaleness);
    }
}
