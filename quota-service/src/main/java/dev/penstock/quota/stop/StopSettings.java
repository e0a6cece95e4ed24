package dev.penstock.quota.stop;

import dev.penstock.frame.copy.Freshness;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param poll how often the copy of stops is compared with the table even if no notification arrives
 * @param fullCheck how often everything is read again and compared
 * @param longestStaleness how old the copy may be before nothing is forwarded on its word
 */
@ConfigurationProperties(prefix = "penstock.stops", ignoreUnknownFields = false)
record StopSettings(@DefaultValue("1s") Duration poll, @DefaultValue("60s") Duration fullCheck, @DefaultValue("5m") Duration longestStaleness) {

    StopSettings {
        Freshness.of("penstock.stops", poll, fullCheck, longestStaleness);
    }

    Freshness freshness() {
        return new Freshness(poll, fullCheck, longestStaleness);
    }
}
