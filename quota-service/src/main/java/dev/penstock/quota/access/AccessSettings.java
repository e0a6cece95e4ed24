package dev.penstock.quota.access;

import dev.penstock.frame.copy.Freshness;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param poll how often the copy is compared with the tables even if no notification arrives
 * @param fullCheck how often everything is read again and compared
 * @param longestStaleness how old the copy may be before nobody is let in on its word; as long as calls may go on without the database
 */
@ConfigurationProperties(prefix = "penstock.access", ignoreUnknownFields = false)
record AccessSettings(
        @DefaultValue("1s") Duration poll, @DefaultValue("60s") Duration fullCheck, @DefaultValue("5m") Duration longestStaleness) {

    AccessSettings {
        Freshness.of("penstock.access", poll, fullCheck, longestStaleness);
    }

    Freshness freshness() {
        return new Freshness(poll, fullCheck, longestStaleness);
    }
}
