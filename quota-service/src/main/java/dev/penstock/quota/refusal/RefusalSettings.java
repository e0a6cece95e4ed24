package dev.penstock.quota.refusal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is kept of refusals.
 *
 * @param mostPerHour kept row by row, of each tenant on each replica; the others are counted
 * @param keepFor how long rows are shown. They are removed with the tenant's next refusal
 * @param queue that wait to be written; more are counted only
 * @param writeEvery how soon they can be read
 */
@ConfigurationProperties(prefix = "penstock.refusals", ignoreUnknownFields = false)
record RefusalSettings(
        @DefaultValue("200") int mostPerHour, @DefaultValue("7d") Duration keepFor, @DefaultValue("5000") int queue, @DefaultValue("1s") Duration writeEvery) {

    RefusalSettings {
        if (mostPerHour < 0 || queue < 1 || !keepFor.isPositive() || !writeEvery.isPositive()) {
            throw new IllegalArgumentException("penstock.refusals: most-per-hour must not be below 0, queue not below 1, keep-for and write-every above 0");
        }
    }
}
